"""Contact cards in the words of the page's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from healthaid.outreach.kinds import card_words
from healthaid.outreach.papers.contact_card import Card, ContactCards
from healthaid.outreach.presenters.activities import language
from healthaid.outreach.queries.cards import Contact


def contact_cards(found: list[Contact], *, by: User, at: datetime) -> ContactCards:
    words, tongue = card_words(), language()
    trace = _("Printed by %(name)s on %(time)s.") % {
        "name": by.get_full_name(),
        "time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
    }
    return ContactCards(
        language=tongue,
        title=words.title.get(tongue),
        policy=tuple(line.get(tongue) for line in words.policy),
        phones=tuple((one.label.get(tongue), one.phone) for one in (words.complaint, words.emergency)),
        receipt=(_("Given on"), _("Received by")),
        trace=trace,
        cards=tuple(_card(contact) for contact in found),
    )


def _card(contact: Contact) -> Card:
    paired = (_("Paired doctor"), contact.paired_doctor, contact.paired_doctor_phone)
    return Card(
        household=_("Head of the household: %(name)s") % {"name": contact.head},
        place=" ".join(filter(None, (contact.township, contact.village, contact.group))),
        register_no=contact.register_no,
        doctors=(
            (_("Family doctor"), contact.family_doctor, contact.family_doctor_phone),
            (_("Village doctor"), contact.village_doctor, contact.village_doctor_phone),
            *((paired,) if contact.paired_doctor else ()),
        ),
    )
