"""What a visit sheet says while it is saved on the phone, and what the phone sends beside the answers."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followups.models import Visit
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
        "reason": _("Give the reason of the correction."),
        "corrected": _("Corrected. The earlier version is kept."),
        "correctedHere": _("Corrected on this phone, to be uploaded."),
    }


def attempt_texts() -> dict[str, str]:
    """What attempts.js says."""
    return {
        "form": _("Nobody there"),
        "noted": _("Noted."),
        "kept": _("Noted on this phone, to be uploaded."),
    }


def need_texts(draft: str) -> dict[str, Any]:
    """What needs.js says; `draft` names what is typed and not yet saved."""
    return {
        "form": _("Need"),
        "noted": _("The need is noted."),
        "joined": _("Added to the need that was there already."),
        "kept": _("Noted on this phone, to be uploaded."),
        "missing": _("Fill this in, then save."),
        "draft": draft,
    }


def amendment_of(visit: Visit, *, title: str, needs_reason: bool) -> dict[str, Any]:
    """The same for a correction: the version that it replaces, and whether a reason is asked."""
    entry = entry_of(visit.person, visit.household, protocol=visit.protocol, title=title)
    return {**entry, "supersedes": str(visit.pk), "needsReason": needs_reason}


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
