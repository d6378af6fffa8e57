"""Every night what payers owe is gathered, funds are watched and books reckoned; the county hears of it."""

from datetime import date
from typing import Any

from claims.models import FundNotice
from claims.queries.funds.told import checks_with_differences, counties_with_money, open_notices
from claims.services.checking import check_ledgers
from claims.services.funds.watching import watch_funds
from claims.services.payables.assembling import assemble_payables
from core.accounts.models import User
from core.accounts.roles import Role
from healthaid.outreach.services.queueing import Draft, queue_messages


def keep_the_books(*, on: date) -> dict[str, int]:
    """This will do the night's work county by county; counts of lines gathered, differences, messages."""
    made = {"gathered": 0, "differences": 0, "told": 0}
    for county_id in counties_with_money():
        made["gathered"] += assemble_payables(county_id=county_id, on=on)
        watch_funds(on=on, county_ids=[county_id])
        made["differences"] += check_ledgers(county_id=county_id, on=on).differences
    made["told"] = tell_of_funds() + tell_of_differences(on=on)
    return made


def tell_of_funds() -> int:
    """This will leave one message for each county officer and each notice that nobody was told of yet."""
    return sum(_tell_of(notice) for notice in open_notices())


def tell_of_differences(*, on: date) -> int:
    """This will leave one message a day for each county officer whose books do not agree."""
    return sum(
        _tell(check.county_id, {"count": check.differences}, purpose="ledger_check", period=on.isoformat())
        for check in checks_with_differences(on)
    )


def _tell_of(notice: FundNotice) -> int:
    fund = notice.fund
    context = {"fund_zh": fund.name_zh, "fund_en": fund.name_en, "year": fund.year}
    context |= {"wan": f"{notice.balance / 10_000:,.2f}", "ends_on": f"{notice.ends_on or ''}"}
    purpose = f"fund_{notice.cause}"
    return _tell(notice.fund.county_id, context, purpose=purpose, period=f"{notice.pk}")


def _tell(county_id: int, context: dict[str, Any], *, purpose: str, period: str) -> int:
    officers = User.objects.filter(is_active=True, role=Role.COUNTY_STAFF, area__county=county_id)
    drafts = [
        Draft(user_id=user.pk, language=user.language, context=context) for user in officers.order_by("pk")
    ]
    return queue_messages(drafts, purpose=purpose, period=period, template=purpose)
