"""A stay over New Year divided by days, where a policy counts each part in its year (year_rule = "split").

The days of admission and discharge count. Of each line the years before the last get their share of the days,
rounded to the fen; the last year gets the rest, so that no fen is lost.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.policy.facts import BillLine, Facts, Used
from claims.policy.money import ZERO, rounded


def divided(facts: Facts) -> tuple[Facts, ...]:
    """This will give the parts of a stay, one for each calendar year, oldest first.

    Each is a bill of its own: sums used up before it are left empty, for they belong to other years."""
    return tuple(_parts(replace(facts, used=Used(), household_used=Used())))


def _parts(facts: Facts) -> Iterator[Facts]:
    new_year = date(facts.admitted_on.year + 1, 1, 1)
    if facts.discharged_on < new_year:
        yield facts
        return
    share = share_before(facts.admitted_on, facts.discharged_on)
    pairs = [_line(line, share) for line in facts.lines]
    told = {layer: rounded(amount * share) for layer, amount in facts.reported.items()}
    rest = {layer: amount - told[layer] for layer, amount in facts.reported.items()}
    yield replace(
        facts,
        discharged_on=date(facts.admitted_on.year, 12, 31),
        lines=tuple(first for first, _rest in pairs if first.amount),
        reported=told,
    )
    yield from _parts(
        replace(
            facts,
            admitted_on=new_year,
            lines=tuple(rest for _first, rest in pairs if rest.amount),
            reported=rest,
            continued=True,
        )
    )


def share_before(admitted_on: date, discharged_on: date) -> Decimal:
    """The share of a stay's days that lies before the first New Year in it."""
    before = (date(admitted_on.year, 12, 31) - admitted_on).days + 1
    return Decimal(before) / ((discharged_on - admitted_on).days + 1)


def part_of(line: BillLine, share: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Amount, own first part and part over the limit of a share of a line; they never pass the amount."""
    first_pay, over_limit = rounded(line.first_pay * share), rounded(line.over_limit * share)
    plain = rounded((line.amount - line.first_pay - line.over_limit) * share)
    return plain + first_pay + over_limit, first_pay, over_limit


def _line(line: BillLine, share: Decimal) -> tuple[BillLine, BillLine]:
    amount, first_pay, over_limit = part_of(line, share)
    before = replace(line, amount=amount, first_pay=first_pay, over_limit=over_limit)
    rest = replace(
        line,
        amount=max(line.amount - amount, ZERO),
        first_pay=line.first_pay - first_pay,
        over_limit=line.over_limit - over_limit,
    )
    return before, rest
