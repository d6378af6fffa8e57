"""Contracts: who has one, who lacks one, which run out."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import Area, User
from core.base.sql import rows
from followups.choices import ContractState
from followups.models import Contract
from followups.packages import all_packages

RENEWAL_DAYS = 30

# Everybody present without a contract on the day, with the package that fits; later packages go first.
UNSIGNED = """
SELECT p.id AS person_id, p.village_id, fit.code AS package, fit.promised,
       CASE WHEN p.birth_date > %(on)s::date - interval '18 years' THEN 'guardian' ELSE 'self' END AS signed_by,
       CASE WHEN p.birth_date > %(on)s::date - interval '18 years' THEN COALESCE(head.name, p.name) ELSE '' END
         AS signer_name
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
  LEFT JOIN households_person head
    ON head.household_id = p.household_id AND head.relation = '02' AND head.left_on IS NULL
  JOIN LATERAL (
       SELECT k.code, k.promised
         FROM jsonb_to_recordset(%(packages)s::jsonb)
              AS k(code text, promised jsonb, diseases text[], classes text[], place int)
        WHERE (k.diseases = '{}' AND k.classes = '{}') OR p.health_class = ANY(k.classes)
           OR EXISTS (SELECT 1 FROM households_condition n JOIN households_disease d ON d.id = n.disease_id
                       WHERE n.person_id = p.id AND n.ended_on IS NULL AND d.code = ANY(k.diseases))
        ORDER BY k.place DESC LIMIT 1) fit ON TRUE
 WHERE p.village_id = %(village)s AND p.left_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM followups_contract c
                    WHERE c.person_id = p.id AND c.state <> 'draft'
                      AND c.period && daterange(%(on)s::date, (%(on)s::date + interval '1 year')::date))
"""


@dataclass(frozen=True)
class VillagePreview:
    """What signing a whole village would do."""

    persons: int
    with_contract: int
    to_sign: dict[str, int]

    @property
    def new(self) -> int:
        return sum(self.to_sign.values())

    @property
    def other(self) -> int:
        """Present, without a contract today, yet not to be signed: a later contract or a draft stands in the way."""
        return self.persons - self.with_contract - self.new


def packages_as_json() -> str:
    """The packages as the statement above reads them."""
    return json.dumps(
        [
            {
                "code": code,
                "promised": package.promised,
                "diseases": list(package.diseases),
                "classes": list(package.health_classes),
                "place": place,
            }
            for place, (code, package) in enumerate(all_packages().items())
        ]
    )


def village_preview(village: Area, on: date) -> VillagePreview:
    """How many live in the village, how many are under contract, how many would sign which package."""
    values = {"village": village.pk, "on": on, "packages": packages_as_json()}
    counted = rows(f"SELECT package, count(*) FROM ({UNSIGNED}) u GROUP BY package ORDER BY package", values)  # noqa: S608
    persons, signed = rows(_PRESENT, {"village": village.pk, "on": on})[0]
    return VillagePreview(persons, signed, dict(counted))


_PRESENT = """
SELECT count(*), count(c.id)
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
  LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s::date
 WHERE p.village_id = %(village)s AND p.left_on IS NULL
"""


def get_contract(user: User, pk: int) -> Contract:
    """:raises Http404: outside the user's area."""
    found: Contract = Contract.objects.select_related("person", "team").get_visible(user, pk=pk)
    return found


def running_out(user: User, on: date, *, days: int = RENEWAL_DAYS) -> QuerySet[Any]:
    """Contracts in force that end within so many days, the first to end first."""
    found: QuerySet[Any] = (
        Contract.objects.visible_to(user)
        .filter(state=ContractState.SIGNED, period__contains=on, person__left_on=None)
        .filter(period__endswith__lte=on + timedelta(days=days))
        .select_related("person__household__village", "team")
        .order_by("period__endswith", "id")
    )
    return found
