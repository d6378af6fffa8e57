"""Correcting how a person can be reached."""

from django.db import transaction

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.crypto import blind_index
from households.models import Person


def masked_phone(number: str) -> str:
    """First three and last four digits: 138****0000; a number too short for that is hidden whole."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "*" * len(number)


@transaction.atomic
def correct_phone(*, person: Person, phone: str, by: User) -> Person:
    """This will replace a person's phone number; an empty text removes it. The history keeps the old one."""
    check(by, "correct_contact")
    person.phone = phone
    person.phone_masked = masked_phone(phone)
    person.phone_index = blind_index(phone) if phone else None
    person.save(update_fields=["phone", "phone_masked", "phone_index"])
    return person
