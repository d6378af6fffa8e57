from datetime import date

from claims.models import Admission
from claims.policy.facts import Facts
from claims.queries.facts.situation import read_situation, with_year

__all__ = ["facts_of"]


def facts_of(admission: Admission, *, on: date) -> Facts:
    """The facts of a stay's bill as the policy engine wants them, the year's totals before it included.

    `on` stands for the last day of a stay that goes on. One statement. Without a policy in force the totals
    are left empty, because nobody says which year counts.
    """
    situation = read_situation(admission.pk, on=on)
    if situation.in_force is None:
        return situation.facts
    stay = situation.stay
    return with_year(
        situation.facts,
        situation.in_force,
        situation.others,
        key=situation.key,
        person=stay["person"],
        household=stay["household"],
    )
