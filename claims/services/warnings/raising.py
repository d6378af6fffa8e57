"""Warnings are raised with the bill that crosses a line; a monthly run finds what crosses one without."""

from datetime import date

from claims.models import Settlement
from claims.queries.burdens.crossed import OF_COUNTY, OF_HOUSEHOLD, crossed_sql, library
from claims.sql import statement
from core.accounts.models import User
from core.base.sql import rows


def raise_warnings(*, settlement: Settlement, on: date, by: User) -> list[int]:
    """This will raise a warning for each line that the household of a settlement is over and has none for in
    that year; ids of the new ones. One statement, inside the caller's transaction.

    The burden of those being worked on is brought up to date; closed and dismissed ones stay as they are.
    """
    return _raise(
        whose=OF_HOUSEHOLD, household=settlement.household_id, settlement=settlement.pk, on=on, by=by
    )


def raise_all(*, on: date, county_id: int, by: User | None = None) -> int:
    """This will do the same for every household of a county at once: yearly figures, incomes and standings
    change without a bill, and chronic costs add up. Gives how many are new."""
    return len(_raise(whose=OF_COUNTY, household=None, settlement=None, on=on, by=by, county_id=county_id))


def _raise(
    *,
    whose: str,
    household: int | None,
    settlement: int | None,
    on: date,
    by: User | None,
    county_id: int | None = None,
) -> list[int]:
    values = {"on": on, "rules": library(), "settlement": settlement, "by": by.pk if by else None}
    values |= {"household": household, "county": county_id}
    text = f"{crossed_sql(whose=whose)}, {statement('raise_warnings')}"
    return [row[0] for row in rows(text, values)]
