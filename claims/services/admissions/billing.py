"""The hospital's bill: checked line by line and field by field, and kept until the stay is settled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from psycopg.types.json import Jsonb

from claims.choices import ItemCategory, ItemClass
from claims.models import Admission, BillItem
from claims.services.admissions.staying import open_stay
from claims.services.problems import ClaimRefused, FieldProblem, wrong
from claims.sql import statement
from core.accounts.models import User
from core.accounts.permissions import check
from core.base.sql import prepared

LONGEST_NAME = 80
MOST = Decimal("9999999.99")
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
PARTS = ("first_pay", "over_limit")
Reported = Mapping[str, Decimal | str]
"""What outside payers say they pay: yuan by layer of the policy."""
_DROP = "DELETE FROM claims_billitem WHERE admission_id = %(admission)s AND position > %(count)s"


@dataclass(frozen=True, kw_only=True)
class ItemWanted:
    """One line as it was typed; amounts are Decimal yuan, or the text as somebody typed it."""

    category: str
    item_class: str
    amount: Decimal | str
    first_pay: Decimal | str = ZERO
    over_limit: Decimal | str = ZERO
    name: str = ""


def write_bill(
    *,
    admission: Admission,
    lines: Sequence[ItemWanted],
    typed_total: Decimal | None,
    by: User,
    on: date,
    reported: Reported | None = None,
) -> list[BillItem]:
    """This will put these lines in the place of the open bill; the same lines again change nothing.

    `typed_total` is the total on the hospital's paper, held against the sum of the lines. `reported` is what
    outside payers say they pay, as `report_amounts` takes it; None leaves it as it is.

    :raises ClaimRefused: with a problem for each field that is wrong, such as lines.0.amount.
    """
    check(by, "settle_bills")
    amounts = sound_lines(lines, typed_total)
    told = sound_reported(reported or {})
    with transaction.atomic():
        held = open_stay(admission)
        keep_lines(held.pk, lines, amounts)
        if reported is not None:
            keep_reported(held.pk, told)
    return list(BillItem.objects.filter(admission=admission).order_by("position"))


def report_amounts(*, admission: Admission, amounts: Reported, by: User, on: date) -> Admission:
    """This will keep what outside payers say they pay, in yuan by layer of the policy; 0 takes one away.

    :raises ClaimRefused: naming each layer whose amount cannot be read, as reported.commercial.
    """
    check(by, "settle_bills")
    told = sound_reported(amounts)
    with transaction.atomic():
        held = open_stay(admission)
        keep_reported(held.pk, told)
    held.refresh_from_db(fields=["reported"])
    return held


def sound_reported(amounts: Reported) -> dict[str, str]:
    """What outside payers say they pay, read and checked; who pays nothing is left out.

    :raises ClaimRefused: naming each layer whose amount cannot be read."""
    problems: list[FieldProblem] = []
    told: dict[str, Decimal] = {}
    for layer, typed in sorted(amounts.items()):
        try:
            told[layer] = amount_of(typed)
        except ValueError:
            problems.append(wrong(f"reported.{layer}", "not_an_amount"))
            continue
        if not 0 <= told[layer] <= MOST:
            problems.append(wrong(f"reported.{layer}", "too_much", most=MOST))
    if problems:
        raise ClaimRefused(problems)
    return {layer: str(amount) for layer, amount in told.items() if amount}


def keep_reported(admission_id: int, told: Mapping[str, str]) -> None:
    """This will write checked amounts of outside payers, inside the caller's transaction."""
    Admission.objects.filter(pk=admission_id).update(reported=told)


def sound_lines(lines: Sequence[ItemWanted], typed_total: Decimal | None) -> list[dict[str, Decimal]]:
    """The amounts of every line, read and checked.

    :raises ClaimRefused: with all problems of all lines."""
    problems: list[FieldProblem] = [] if lines else [wrong("lines", "bill_empty")]
    read = [_read(line, place, problems) for place, line in enumerate(lines)]
    for place, (line, amounts) in enumerate(zip(lines, read, strict=True)):
        problems += _of_line(line, amounts, f"lines.{place}")
    problems += [] if problems else _of_total(read, typed_total)
    if problems:
        raise ClaimRefused(problems)
    return read


def keep_lines(admission_id: int, lines: Sequence[ItemWanted], amounts: Sequence[dict[str, Decimal]]) -> None:
    """This will write checked lines over those that are there, inside the caller's transaction."""
    rows = [
        {
            "position": place,
            "category": line.category,
            "item_class": line.item_class,
            "name": line.name.strip(),
            **{name: str(amount) for name, amount in read.items()},
        }
        for place, (line, read) in enumerate(zip(lines, amounts, strict=True), 1)
    ]
    prepared(_DROP, {"admission": admission_id, "count": len(rows)})
    prepared(statement("keep_lines"), {"admission": admission_id, "rows": Jsonb(rows)})


def _read(line: ItemWanted, place: int, problems: list[FieldProblem]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name in ("amount", *PARTS):
        try:
            found[name] = amount_of(getattr(line, name))
        except ValueError:
            problems.append(wrong(f"lines.{place}.{name}", "not_an_amount"))
    return found


def amount_of(typed: Any) -> Decimal:
    """Yuan with two places, from a number or from what somebody typed (1,280.5 or 128.50元).

    :raises ValueError: where it is not an amount, or has more than two places.
    """
    text = str(typed).strip().replace(",", "").replace("，", "").removesuffix("元").strip()
    try:
        number = Decimal(text or "0")
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or abs(number) > MOST * 1000 or number != number.quantize(CENT):
        raise ValueError(text)
    return number.quantize(CENT)


def _of_line(line: ItemWanted, amounts: dict[str, Decimal], place: str) -> Iterator[FieldProblem]:
    if line.category not in ItemCategory.values:
        yield wrong(f"{place}.category", "not_a_choice")
    if line.item_class not in ItemClass.values:
        yield wrong(f"{place}.item_class", "not_a_choice")
    if len(line.name.strip()) > LONGEST_NAME:
        yield wrong(f"{place}.name", "too_long")
    for name, amount in amounts.items():
        if amount < 0 or (name == "amount" and not amount):
            yield wrong(f"{place}.{name}", "not_positive")
        elif amount > MOST:
            yield wrong(f"{place}.{name}", "too_much", most=MOST)
    if len(amounts) > len(PARTS):
        yield from _of_parts(line, amounts, place)


def _of_parts(line: ItemWanted, amounts: dict[str, Decimal], place: str) -> Iterator[FieldProblem]:
    parts = sum((amounts[name] for name in PARTS), ZERO)
    if parts > amounts["amount"] > 0:
        named = "first_pay" if amounts["first_pay"] else "over_limit"
        yield wrong(f"{place}.{named}", "parts_exceed", parts=parts, amount=amounts["amount"])
    if amounts["first_pay"] and line.item_class != ItemClass.B:
        yield wrong(f"{place}.first_pay", "only_class_b")


def _of_total(read: Sequence[dict[str, Decimal]], typed: Decimal | None) -> list[FieldProblem]:
    total = sum((amounts["amount"] for amounts in read), ZERO)
    if typed is None or typed == total:
        return []
    return [wrong("typed_total", "total_differs", sum=total, typed=typed, difference=abs(total - typed))]
