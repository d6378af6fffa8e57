"""The clinics of an area's villages and who works there, as of the last day."""

from decimal import Decimal
from typing import Any

from core.base.sql import rows
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.queries.tables.sums import added

_CLINICS = """
SELECT a.code, a.name, i.name, i.code, i.ownership, i.is_standardised, w.staff, coalesce(w.licensed, 0),
       z.minutes, i.floor_area, i.rooms, i.equipment, i.beds, g.grade
  FROM accounts_area a
  LEFT JOIN clinics_institution i ON i.area_id = a.id AND i.kind = 'village_clinic'
  LEFT JOIN clinics_carecircle z ON z.village_id = a.id AND z.measured_on <= %(on)s
  LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(p.name, p.title, l.kind, l.number) ORDER BY p.name, l.number)
                 AS staff,
             count(DISTINCT p.id) FILTER (WHERE l.id IS NOT NULL)::int AS licensed
        FROM clinics_practitioner p
        LEFT JOIN clinics_licence l
          ON l.practitioner_id = p.id AND l.valid_from <= %(on)s AND l.valid_to >= %(on)s
       WHERE p.institution_id = i.id) w ON TRUE
  LEFT JOIN LATERAL (
      SELECT r.grade FROM outreach_activityentry r JOIN outreach_activity y ON y.id = r.activity_id
       WHERE r.institution_id = i.id AND r.grade <> '' AND y.held_on <= %(on)s
       ORDER BY y.held_on DESC, r.id DESC LIMIT 1) g ON TRUE
 WHERE a.level = 'village' AND a.ancestors @> ARRAY[%(area)s]::bigint[]
   AND (a.valid_to IS NULL OR a.valid_to > %(on)s)
   AND (i.id IS NOT NULL OR EXISTS (SELECT FROM households_household h WHERE h.village_id = a.id
                                       AND (h.left_on IS NULL OR h.left_on > %(on)s)))
 ORDER BY a.code, i.code
"""


def clinics(asked: Asked) -> Counted:
    """One row for each clinic, and one for each village with households and without a clinic."""
    found = [_row(*row) for row in rows(_CLINICS, {"area": asked.area.pk, "on": asked.last})]
    return {"tables": {"clinics": {"rows": found, "together": _sums(found)}}}


def _sums(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Everything that can be counted together; lists of words cannot."""
    words = ("rooms", "equipment")
    return added({code: each for code, each in row["figures"].items() if code not in words} for row in found)


def _row(
    village_code: str,
    village: str,
    clinic: str | None,
    clinic_code: str | None,
    ownership: str | None,
    standardised: bool | None,
    staff: list[list[str | None]] | None,
    licensed: int,
    minutes: int | None,
    area: Decimal | None,
    rooms: list[str] | None,
    equipment: list[str] | None,
    beds: int | None,
    grade: str | None,
) -> dict[str, Any]:
    there = int(clinic is not None)
    return {
        "code": f"{village_code}/{clinic_code or ''}",
        "name": village,
        "figures": {
            "clinic": clinic or "",
            "ownership": ownership or "",
            "public": [int(ownership == "public"), there],
            "standardised": [int(bool(standardised)), there],
            "staff": _people(staff or []),
            "licensed": licensed,
            "with_licence": [int(licensed > 0), 1],
            "minutes": str(minutes) if minutes is not None else "",
            "floor_area": f"{area:g}" if area else "",
            "rooms": rooms or "",
            "equipment": equipment or "",
            "beds": beds or 0,
            "grade": grade or "",
        },
    }


def _people(staff: list[list[str | None]]) -> str:
    """Who works there, with qualification and number, one after the other."""
    return "; ".join(" ".join(filter(None, dict.fromkeys(person))) for person in staff)
