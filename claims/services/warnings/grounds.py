"""By which rules a county warns, and the yearly figures that rules and indicators name."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from claims.models import ConsumptionSurvey, ReferenceValue, RuleSetInForce
from claims.warnings.reading import county_sets, references
from core.accounts.models import Area, User
from core.accounts.permissions import check
from households.models import Household


def put_in_force(*, county: Area, code: str, by: User, on: date) -> RuleSetInForce:
    """This will let a county work by a set of rules from a day on; the set before ends on that day.

    :raises ValidationError: for a set that is not in the library, or that holds on that day already.
    """
    check(by, "manage_warnings")
    if code not in county_sets():
        raise ValidationError({"code": _("Choose one of the sets.")})
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=county.pk)
        before = RuleSetInForce.objects.filter(county=county, period__contains=on).first()
        if before and before.code == code:
            raise ValidationError({"code": _("This set is in force already.")})
        RuleSetInForce.objects.filter(county=county, period__startswith__gte=on).delete()
        if before and before.period.lower < on:
            before.period = DateRange(before.period.lower, on)
            before.save(update_fields=["period"])
        return RuleSetInForce.objects.create(
            county=county, code=code, period=DateRange(on, None), chosen_by=by
        )


def write_reference(
    *, area: Area, code: str, year: int, amount: Decimal, source: str, by: User
) -> ReferenceValue:
    """This will write down a yearly figure with its source; the same year again corrects it, with history."""
    check(by, "manage_warnings")
    if code not in references():
        raise ValidationError({"code": _("Choose one of the figures.")})
    written, _new = ReferenceValue.objects.update_or_create(
        area=area, code=code, year=year, defaults={"amount": amount, "source": source}
    )
    return written


def record_survey(
    *,
    household: Household,
    year: int,
    spent: Decimal,
    food: Decimal | None,
    size: int,
    by: User,
    on: date,
) -> ConsumptionSurvey:
    """This will write down what a household says it spent in a year (yuan; `food` None: not asked)."""
    check(by, "work_warning")
    if food is not None and food > spent:
        raise ValidationError({"food": _("Food cannot be more than everything.")})
    fields = {"spent": spent, "food": food, "size": size, "surveyed_on": on, "surveyed_by": by}
    written, _new = ConsumptionSurvey.objects.update_or_create(
        household=household, year=year, defaults=fields
    )
    return written
