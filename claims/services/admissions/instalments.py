"""An agreement to pay in parts, with somebody standing surety where one is found (DOMAIN B3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from claims.choices import AdmissionState
from claims.models import Admission, Instalment, InstalmentPlan
from claims.queries.settlements.money import owed
from claims.services.problems import ClaimRefused, FieldProblem, refuse, wrong
from core.accounts.models import User
from core.accounts.permissions import check

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class InstalmentWanted:
    due_on: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class InstalmentsWanted:
    instalments: tuple[InstalmentWanted, ...]
    guarantor: str = ""
    note: str = ""


def agree_instalments(
    *, admission: Admission, wanted: InstalmentsWanted, by: User, on: date
) -> InstalmentPlan:
    """This will write down in which parts the patient pays what is due, in the place of an earlier agreement.

    :raises ClaimRefused: where nothing is due, the parts do not make it, or a day is past or doubled.
    """
    check(by, "settle_bills")
    with transaction.atomic():
        held = Admission.objects.select_for_update(of=("self",), no_key=True).get(pk=admission.pk)
        due = owed(held).due
        if held.state != AdmissionState.SETTLED or due <= 0:
            raise refuse("", "nothing_due")
        problems = list(_problems(wanted, due, on))
        if problems:
            raise ClaimRefused(problems)
        return _written(held, wanted, by, on)


def _written(admission: Admission, wanted: InstalmentsWanted, by: User, on: date) -> InstalmentPlan:
    agreed = {
        "agreed_on": on,
        "guarantor": wanted.guarantor.strip()[:80],
        "note": wanted.note.strip()[:200],
        "agreed_by": by,
    }
    plan: InstalmentPlan = InstalmentPlan.objects.update_or_create(admission=admission, defaults=agreed)[0]
    plan.instalments.all().delete()
    Instalment.objects.bulk_create(
        Instalment(plan=plan, due_on=one.due_on, amount=one.amount) for one in wanted.instalments
    )
    return plan


def _problems(wanted: InstalmentsWanted, due: Decimal, on: date) -> Iterator[FieldProblem]:
    if not wanted.instalments:
        yield wrong("instalments", "required")
        return
    seen: set[date] = set()
    for place, one in enumerate(wanted.instalments):
        if one.due_on < on:
            yield wrong(f"instalments.{place}.due_on", "in_the_past")
        if one.due_on in seen:
            yield wrong(f"instalments.{place}.due_on", "same_day_twice")
        if one.amount <= 0:
            yield wrong(f"instalments.{place}.amount", "not_positive")
        seen.add(one.due_on)
    total = sum((one.amount for one in wanted.instalments), ZERO)
    if total != due:
        yield wrong("instalments", "sum_differs", sum=total, due=due)
