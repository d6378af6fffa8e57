"""A policy's text read and tried on its own cases, without anything being written."""

from dataclasses import dataclass
from functools import lru_cache

from claims.policy.cases import Difference, run_cases
from claims.policy.reading import PolicyProblem, PolicyProblems, read_policy
from claims.policy.schema import Policy


@dataclass(frozen=True)
class Checked:
    """Either a policy with what its cases give otherwise than written, or what is wrong with the text."""

    policy: Policy | None
    problems: tuple[PolicyProblem, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Readable, and every case gives what it should."""
        return self.policy is not None and not self.differences


def checked(text: str) -> Checked:
    """This will read a text and run the cases inside it."""
    try:
        policy = known(text)
    except PolicyProblems as wrong:
        return Checked(None, problems=wrong.problems)
    return Checked(policy, differences=tuple(run_cases(policy)))


@lru_cache(maxsize=64)
def known(text: str) -> Policy:
    """The policy of a text, kept in memory: reading one takes longer than settling a bill by it.

    :raises PolicyProblems: naming every line that is wrong."""
    return read_policy(text)
