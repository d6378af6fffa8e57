"""What the pages share: the day, who asks, and the way back to the list."""

from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import reverse

from followups.queries.today import SHOWS
from households.models import Household

AT_THE_HOUSE = "at"


def place(show: str, page: int, anchor: str = "") -> str:
    """A place on Today, short enough for an address: due-2-h17."""
    return quote(f"{show}-{page}" + (f"-{anchor.removeprefix('h-')}" if anchor else ""))


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(hex=given)
    except ValueError:
        return None


def at_the_house(household: Household) -> str:
    """The page of a call at one house, short enough for an address."""
    return f"{AT_THE_HOUSE}-{household.uuid.hex}"


def back_to_today(given: str) -> str:
    """The address of the place where the doctor came from; Today itself where it cannot be read."""
    show, page, anchor = [*given.split("-"), "", "", ""][:3]
    if show == AT_THE_HOUSE and (house := _uuid(page)):
        return reverse("followups:house_call", args=[house])
    address = reverse("followups:today")
    if show not in SHOWS:
        return address
    query = {"show": show} | ({"page": page} if page.isdecimal() and page != "1" else {})
    return f"{address}?{urlencode(query)}" + (f"#h-{anchor}" if anchor.isdecimal() else "")
