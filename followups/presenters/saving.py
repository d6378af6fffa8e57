"""What a visit sheet says while it is saved on the phone, and what the phone sends beside the answers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.models import Household, Person


def saving_texts() -> dict[str, str]:
    """The sentences of saving.js; %(…)s are filled in by the script."""
    return {
        "needed": _("Not filled in yet. Fill it in, then save."),
        "number": _("Type a number, digits only"),
        "future": _("This day has not come yet"),
        "fault": ngettext(
            "There is %(counter)s thing to correct", "There are %(counter)s things to correct", 1
        )
        % {"counter": 1},
        "faults": ngettext(
            "There is %(counter)s thing to correct", "There are %(counter)s things to correct", 2
        ),
        "saved": _("Saved: %(word)s."),
        "kept": _("Kept on this phone, to be uploaded: %(word)s."),
        "savedBefore": _("This visit was saved before."),
        "next": _("Next visit on %(day)s."),
        "referral": _("A referral was noted; please follow it up."),
        "conflict": _(
            "Another record stands against this one. Both are kept; please decide which one holds."
        ),
        "file": _("visit-record"),
    }


def entry_of(person: Person | None, household: Household, *, protocol: str, title: str) -> dict[str, str]:
    """Whom the visit is about, in the words of the body that is sent, and as the queue shows it."""
    subject = {"person": str(person.uuid)} if person else {"household": str(household.uuid)}
    return {
        **subject,
        "home": str(household.uuid),
        "protocol": protocol,
        "who": person.name if person else _("The whole household"),
        "form": title,
    }
