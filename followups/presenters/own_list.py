"""The pages a phone keeps for its doctor, each with a version that changes when anything on it does."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import PurePosixPath

from django.contrib.staticfiles.finders import get_finders
from django.templatetags.static import static
from django.urls import reverse

from core.base.release import release
from followups.protocols.library import editions
from followups.queries.own_list import OwnHousehold, OwnPerson

KEPT = frozenset({".css", ".js", ".svg", ".png"})
FOLDERS = ("healthaid/css", "healthaid/js", "healthaid", "followups", "offline", "django_htmx")
HOUSEHOLD_FORM = "home_visit"


@dataclass(frozen=True)
class Look:
    """What a page's words and size depend on besides its rows."""

    language: str
    type_size: str


def present_own_list(homes: Sequence[OwnHousehold], on: date, look: Look) -> dict[str, str]:
    """Address → version of everything that the doctor's phone may keep.

    Pages of households with those of their members; the blank sheets of the forms in use; and for each
    household what its sheets are filled with, so that nothing is copied for each person."""
    forms = forms_of_diseases(on)
    pages = {reverse("followups:today"): _version(look, str(on), *(home.digest for home in homes))}
    for home in homes:
        for address, digest in _pages_of(home):
            pages[address] = _version(look, digest)
    used = sorted({code for home in homes for _person, code in sheets_of(home, forms)})
    for address in (*_blanks(used), reverse("followups:blank_need"), reverse("followups:blank_not_found")):
        pages[address] = _version(look, str(on))
    pages[reverse("followups:own_numbers")] = _version(look, *(home.numbers for home in homes))
    return pages


def sheets_of(home: OwnHousehold, forms: dict[str, list[str]]) -> list[tuple[OwnPerson | None, str]]:
    """Whom of a household to visit on which form: what is owed, and the forms of open diseases."""
    of_household = dict.fromkeys([HOUSEHOLD_FORM, *home.owed])
    found: list[tuple[OwnPerson | None, str]] = [(None, code) for code in of_household]
    for person in home.persons:
        codes = [code for disease in person.diseases for code in forms.get(disease, ())]
        found += [(person, code) for code in dict.fromkeys([*codes, *person.owed])]
    return found


def _version(look: Look, *digests: str) -> str:
    told = "\n".join((release(), look.language, look.type_size, *digests))
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _pages_of(home: OwnHousehold) -> Iterator[tuple[str, str]]:
    """The copy of a household brings the pages of its members along. Where one of them is another doctor's
    case, each of the others has a page of their own."""
    yield f"{reverse('followups:sync_homes')}?of={home.uuid}", home.digest
    if not home.has_secrets:
        yield reverse("households:household", args=[home.uuid]), home.digest
        return
    for person in home.persons:
        yield reverse("households:person", args=[person.uuid]), person.digest


def _blanks(codes: Sequence[str]) -> list[str]:
    return [reverse("followups:blank_visit", args=[code]) for code in codes]


def forms_of_diseases(on: date) -> dict[str, list[str]]:
    """Disease → the forms in force for it."""
    found: dict[str, list[str]] = {}
    for form in editions():
        if form.valid_from <= on and (not form.valid_to or on < form.valid_to):
            for disease in form.applies.diseases:
                found.setdefault(disease, []).append(form.code)
    return found


@cache
def assets() -> list[str]:
    """Addresses of the styles, scripts and pictures of a doctor's pages; they change with their content."""
    names = {name for finder in get_finders() for name, _storage in finder.list([])}
    addresses = [_address(name) for name in sorted(names) if _is_kept(PurePosixPath(name))]
    return [address for address in addresses if address]


def _address(name: str) -> str:
    """Empty for a file that came after the last collection: no page can name it yet."""
    try:
        return static(name)
    except ValueError:
        return ""


def _is_kept(name: PurePosixPath) -> bool:
    return name.suffix in KEPT and str(name.parent) in FOLDERS and not name.name.endswith(".map")
