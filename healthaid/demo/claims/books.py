"""A night's look at the demo's funds and books, so that their pages have something to show at once."""

from datetime import date

from claims.services.checking import check_ledgers
from claims.services.funds.watching import watch_funds


def reckon(county: int, on: date) -> None:
    """This will note what is to be said of the county's funds, and reckon its books."""
    watch_funds(on=on, county_ids=[county])
    check_ledgers(county_id=county, on=on)
