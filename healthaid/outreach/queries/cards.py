"""Who stands on the contact cards of households: their family doctor, the village doctor, the paired one."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from core.base.sql import rows

# Deputies and leavers are not printed on a card that hangs on a wall for a year.
_CARDS = """
    SELECT h.id, coalesce(p.name, h.register_no), h.register_no, t.name, v.name, h.group_name,
           coalesce(l.name, ''), coalesce(l.phone, ''), coalesce(d.full_name, ''), coalesce(d.phone, ''),
           coalesce(b.name, ''), coalesce(b.phone, '')
      FROM households_household h
      JOIN accounts_area v ON v.id = h.village_id
      JOIN accounts_area t ON t.id = v.parent_id
      LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
      LEFT JOIN LATERAL (
          SELECT w.name, u.phone FROM followups_contract c
            JOIN households_person m ON m.id = c.person_id AND m.household_id = h.id AND m.left_on IS NULL
            JOIN followups_teammember s ON s.team_id = c.team_id AND s.slot = 'leader' AND s.to_on IS NULL
            JOIN clinics_practitioner w ON w.id = s.practitioner_id
            LEFT JOIN accounts_user u ON u.id = w.user_id AND u.is_active
           WHERE c.state = 'signed' AND c.period @> %(on)s::date
           ORDER BY m.relation, c.id LIMIT 1) l ON TRUE
      LEFT JOIN LATERAL (
          SELECT u.full_name, u.phone FROM accounts_user u
           WHERE u.area_id = h.village_id AND u.role = 'village_doctor' AND u.is_active
           ORDER BY u.id LIMIT 1) d ON TRUE
      LEFT JOIN LATERAL (
          SELECT w.name, u.phone FROM followups_pairing r
            JOIN clinics_practitioner w ON w.id = r.practitioner_id
            LEFT JOIN accounts_user u ON u.id = w.user_id AND u.is_active
           WHERE r.household_id = h.id AND r.period @> %(on)s::date ORDER BY r.id LIMIT 1) b ON TRUE
     WHERE h.village_id = ANY(%(villages)s::bigint[]) AND h.left_on IS NULL AND h.standing <> 'removed'
       AND (%(household)s::bigint IS NULL OR h.id = %(household)s::bigint)
     ORDER BY v.code, h.visit_order, h.id
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """A household and whom it calls; what is not known is empty."""

    household: int
    head: str
    register_no: str
    township: str
    village: str
    group: str
    family_doctor: str
    family_doctor_phone: str
    village_doctor: str
    village_doctor_phone: str
    paired_doctor: str
    paired_doctor_phone: str


def card_of(user: User, household: int, on: date) -> list[Contact]:
    """The one card of a household of the user's; none where it has left the register."""
    return _cards(village_ids(user), household, on)


def cards_of_village(user: User, pk: int, on: date) -> tuple[Area, list[Contact]]:
    """Every registered household of a village, in the order of doors.

    :raises Http404: for what is no village of the user's, or has nobody registered.
    """
    village = Area.objects.filter(pk=pk, level=Level.VILLAGE).first()
    if village is None or pk not in village_ids(user):
        raise Http404
    found = _cards([pk], None, on)
    if not found:
        raise Http404
    return village, found


def _cards(villages: list[int], household: int | None, on: date) -> list[Contact]:
    asked = {"villages": villages, "household": household, "on": on}
    return [Contact(*row) for row in rows(_CARDS, asked)]
