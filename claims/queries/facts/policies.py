"""The policy that a bill is settled by: the one in force on the day its own text names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from claims.models import PolicyVersion
from claims.policy.reading import read_policy
from claims.policy.schema import Policy


@dataclass(frozen=True)
class InForce:
    """A policy and the record it was read from."""

    version: int
    sha256: str
    policy: Policy

    @property
    def is_by_household(self) -> bool:
        """Whether any layer counts the year of the whole household."""
        return any(layer.per == "household" for layer in self.policy.layers)


def policy_of(version: int, sha256: str) -> InForce:
    """This will read the policy of a record; texts are parsed once per process, by checksum."""
    return InForce(version, sha256, _read(sha256, version))


@lru_cache(maxsize=128)
def _read(sha256: str, version: int) -> Policy:
    return read_policy(PolicyVersion.objects.values_list("text", flat=True).get(pk=version))


def chosen(candidates: Iterable[Mapping[str, Any]], admitted_on: date, left_on: date) -> InForce | None:
    """This will choose among the versions in force on either day (`id`, `sha256`, `from`, `past` as dates).

    The version of the last day decides by its own date rule; where it names the admission, or none is in
    force on the last day, the version of the admission is taken. None where there is no such version.
    """
    versions = list(candidates)
    at_end = _holding(versions, left_on)
    if at_end and at_end.policy.policy.date_rule == "discharge":
        return at_end
    at_start = _holding(versions, admitted_on)
    return at_start if at_start and (at_end or at_start.policy.policy.date_rule == "admission") else None


def _holding(versions: Iterable[Mapping[str, Any]], day: date) -> InForce | None:
    for version in versions:
        if version["from"] <= day.isoformat() and (not version["past"] or day.isoformat() < version["past"]):
            return policy_of(version["id"], version["sha256"])
    return None
