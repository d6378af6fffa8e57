"""What bills rest on in the demo: the county's approved rules, and its fund of ten million."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from claims.choices import EntryKind, PolicyState
from claims.models import Fund, FundEntry, PolicyDocument, PolicyVersion
from claims.policy.shelf import text_of
from core.accounts.models import Area

OUTPATIENT = Path(__file__).with_name("outpatient.toml")
_SINCE = date(2019, 1, 1)
_PUT_IN = Decimal(10_000_000)


def lay_rules(county: Area, drafter: int, approver: int) -> None:
    """This will put the rules of 岳塘区 in force in a county that has none."""
    if PolicyVersion.objects.filter(county=county).exists():
        return
    text = text_of("yuetang_2019").replace("valid_to = 2021-01-01\n", "") + OUTPATIENT.read_text(
        encoding="utf-8"
    )
    document = PolicyDocument.objects.create(
        county=county,
        number="示范卫健发〔2018〕36号",
        title="健康扶贫住院综合保障实施办法",
        issuer=f"{county.name}卫生健康局",
        issued_on=date(2018, 12, 18),
        valid_from=_SINCE,
    )
    PolicyVersion.objects.create(
        county=county,
        document=document,
        code="yuetang_2019",
        period=DateRange(_SINCE, None),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        state=PolicyState.APPROVED,
        drafted_by_id=drafter,
        approved_by_id=approver,
        approved_on=date(2018, 12, 20),
    )


def open_funds(county: Area, officer: int, on: date) -> None:
    """This will set ten million aside for the backstop of each of the two years."""
    for year in (on.year - 1, on.year):
        fund = Fund.objects.create(
            county=county,
            code=f"backstop-{year}",
            name_zh="健康扶贫医疗救助兜底保障基金",
            name_en="Health poverty backstop fund",
            payer="fund",
            year=year,
        )
        FundEntry.objects.create(
            fund=fund,
            kind=EntryKind.OPENING,
            amount=_PUT_IN,
            entered_on=date(year, 1, 1),
            note="财政列支",
            entered_by_id=officer,
        )
