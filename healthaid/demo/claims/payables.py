"""What payers owe the hospitals month by month: gathered by the product's own act, claimed, paid, refused."""

from datetime import date
from pathlib import Path

from django.db import connection

from claims.services.payables.assembling import assemble_payables
from healthaid.demo.copying import analyse

SQL = Path(__file__).with_name("payables.sql")


def claim_from_payers(county: int, officer: int, on: date) -> None:
    """This will claim every month that is over, have most of it paid, and close the months behind it."""
    analyse("claims_fundentry")
    assemble_payables(county_id=county, on=on)
    analyse("claims_payable", "claims_payableline")
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"), {"county": county, "by": officer, "on": on})
