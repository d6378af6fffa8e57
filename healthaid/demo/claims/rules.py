"""The rules that a county's bills are decided by: the versions on record, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claims.choices import PolicyState
from claims.models import PolicyVersion
from claims.policy.facts import Facts
from claims.policy.reading import read_policy
from claims.policy.schema import Policy


@dataclass(frozen=True, slots=True)
class Version:
    pk: int
    sha256: str
    policy: Policy
    first: date
    end: date | None

    def holds(self, facts: Facts) -> bool:
        on = self.policy.date_of(facts)
        return self.first <= on and (self.end is None or on < self.end)


class Rules:
    def __init__(self, versions: Iterable[Version]) -> None:
        self._versions = list(versions)

    def of(self, facts: Facts) -> Version:
        """The version in force on the date that it names itself."""
        return next(version for version in self._versions if version.holds(facts))


def rules_of(county: int) -> Rules:
    found = PolicyVersion.objects.filter(county=county).exclude(state=PolicyState.DRAFT).order_by("-period")
    return Rules(
        Version(each.pk, each.sha256, read_policy(each.text), each.period.lower, each.period.upper)
        for each in found
    )
