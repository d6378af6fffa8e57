"""The rules that a county's bills are decided by: the versions on record, read before the first bill."""

from datetime import date

from claims.choices import PolicyState
from claims.models import PolicyVersion
from claims.policy.facts import Facts
from claims.queries.facts.policies import InForce, chosen, policy_of


class Rules:
    def __init__(self, county: int) -> None:
        self._versions = [
            {
                "id": each.pk,
                "sha256": each.sha256,
                "from": each.period.lower.isoformat(),
                "past": each.period.upper.isoformat() if each.period.upper else None,
            }
            for each in PolicyVersion.objects.filter(county=county).exclude(state=PolicyState.DRAFT)
        ]
        for each in self._versions:
            policy_of(each["id"], each["sha256"])
        self._chosen: dict[tuple[date, date], InForce] = {}

    def of(self, facts: Facts) -> InForce:
        """The version that settles a bill."""
        days = facts.admitted_on, facts.discharged_on
        if days not in self._chosen:
            found = chosen(self._versions, *days)
            assert found  # noqa: S101 - the demo's rules hold in all of its years
            self._chosen[days] = found
        return self._chosen[days]
