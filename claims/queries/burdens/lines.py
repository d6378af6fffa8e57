"""The yearly lines that a household's own share may cross, by the rules of early warning in a county."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from claims.models import ReferenceValue
from claims.queries.burdens.board import rule_set_in_force
from claims.warnings.reading import Rule, Threshold, rule_sets
from core.accounts.models import Area

FEN = Decimal("0.01")


def yearly_lines(county: Area, on: date) -> list[Decimal]:
    """Yuan, rising, each once. Rules about single persons or a household's own income have no such line."""
    found = (_yuan(rule.threshold, county, on) for rule in _household_rules(county, on))
    return sorted({amount for amount in found if amount is not None})


def _household_rules(county: Area, on: date) -> Iterator[Rule]:
    chosen = rule_set_in_force(county, on)
    for one in rule_sets().values():
        holds = one.valid_from <= on and (one.valid_to is None or on < one.valid_to)
        if holds and (one.scope == "everywhere" or (chosen and chosen.code == one.code)):
            yield from (rule for rule in one.rules if rule.unit == "household")


def _yuan(threshold: Threshold, county: Area, on: date) -> Decimal | None:
    if threshold.amount is not None or threshold.percent is None:
        return threshold.amount
    known = ReferenceValue.objects.filter(
        area__in=county.ancestors, code=threshold.reference, year=on.year - threshold.years_before
    )
    amounts = dict(known.values_list("area_id", "amount"))
    nearest = next((amounts[area] for area in reversed(county.ancestors) if area in amounts), None)
    return (nearest * threshold.percent / 100).quantize(FEN) if nearest is not None else None
