"""Early warning of the demo: the county's rules, the yearly figures, and what became of each warning."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import BurdenWarning, ReferenceValue, RuleSetInForce
from claims.services.warnings.raising import raise_all
from claims.services.warnings.working import (
    close_warning,
    dismiss_warning,
    help_warning,
    verify_warning,
)
from core.accounts.models import Area, User
from core.accounts.roles import Role
from core.base.periods import month_end

_RULES = "qixian_2023"
# 农村居民人均可支配收入、监测收入线、社会贫困线: made up for the demo in the size of the published ones.
_FIGURES = {
    "rural_income_per_head": (19_500, 1_300, "示例：省统计公报"),
    "income_line": (8_000, 400, "示例：省乡村振兴局通知"),
    "societal_poverty_line": (7_800, 350, "示例：按2017年购买力平价折算"),
}
_SPENDING = """
    INSERT INTO claims_consumptionsurvey (household_id, year, spent, food, size, surveyed_on, surveyed_by_id)
    SELECT h.id, %(year)s, round(s.spent, 2), round(s.spent * (30 + h.id %% 17) / 100, 2), n.size,
           %(on)s::date - (40 + h.id %% 60)::int, %(by)s
      FROM households_household h
     CROSS JOIN LATERAL (SELECT count(*) AS size FROM households_person p
                          WHERE p.household_id = h.id AND p.left_on IS NULL) n
     CROSS JOIN LATERAL (SELECT h.income_per_head * n.size * (70 + h.id %% 25) / 100 AS spent) s
     WHERE h.county_id = %(county)s AND h.left_on IS NULL AND h.id %% 8 = 0 AND s.spent > 0
"""
_FOUND = ("入户核实：住院后欠亲友两万元，主要劳力停工三个月", "入户核实：慢病用药负担重，靠子女接济")
_DONE = (
    "协助申请临时救助三千元，纳入监测，镇里安排公益性岗位",
    "办理慢病门诊待遇，家庭医生调整用药，落实一次性救助",
)
_NO_RISK = "入户核实：子女已垫付，家庭有存款，无返贫风险"
_GONE = "病情稳定，欠款已还清，人均收入高于监测线"


def warn(county: Area, officer: int, on: date) -> None:
    """This will raise two years of warnings of a county that has bills, and walk most to their end."""
    _lay_grounds(county, officer, on)
    _ask_for_spending(county, officer, on)
    months = [date(year, month, 28) for year in (on.year - 1, on.year) for month in range(1, 13)]
    for day in (month_end(month) for month in months):
        if day < on:
            raise_all(on=day, county_id=county.pk)
    raise_all(on=on, county_id=county.pk)
    _work(county, on)


def _lay_grounds(county: Area, officer: int, on: date) -> None:
    RuleSetInForce.objects.create(
        county=county, code=_RULES, period=DateRange(date(on.year - 2, 1, 1), None), chosen_by_id=officer
    )
    ReferenceValue.objects.bulk_create(
        ReferenceValue(area=county, code=code, year=on.year - ago, amount=first - step * ago, source=source)
        for code, (first, step, source) in _FIGURES.items()
        for ago in range(4)
    )


def _ask_for_spending(county: Area, officer: int, on: date) -> None:
    """Every eighth household was asked what it spends; the others stay unknown."""
    values: dict[str, Any] = {"county": county.pk, "by": officer, "year": on.year, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_SPENDING, values)


def _work(county: Area, on: date) -> None:
    """Most warnings have been seen to; the newest wait, and one of them too long."""
    staff = {
        area: User.objects.get(pk=pk)
        for area, pk in User.objects.filter(
            role=Role.TOWNSHIP_STAFF, area__parent=county, is_active=True
        ).values_list("area_id", "pk")
    }
    raised = BurdenWarning.objects.filter(county=county).select_related("village")
    for place, warning in enumerate(raised.order_by("raised_on", "pk")):
        by = staff.get(warning.village.parent_id)
        days = (on - warning.raised_on).days
        if by and days > 20 and (place % 5 != 4 or days > 120):
            _walk(warning, by, place, on)


def _walk(warning: BurdenWarning, by: User, place: int, on: date) -> None:
    seen = warning.raised_on + timedelta(days=3 + place % 9)
    if place % 6 == 3:
        dismiss_warning(warning=warning, finding=_NO_RISK, by=by, on=seen)
        return
    verify_warning(warning=warning, finding=_FOUND[place % 2], by=by, on=seen)
    helped, ended = seen + timedelta(days=9 + place % 12), seen + timedelta(days=95 + place % 40)
    if helped < on:
        help_warning(warning=warning, measures=_DONE[place % 2], by=by, on=helped)
        if ended < on:
            close_warning(warning=warning, note=_GONE, by=by, on=ended)
