"""Where the demo stands: the real district, and beyond it counties that are plainly invented."""

from datetime import date

from core.accounts.models import Area, Level
from core.accounts.services.areas import DISTRICT, Division, load_areas, read_divisions
from households.services.diseases import load_diseases, read_diseases
from households.services.identification.catalogues import load_catalogues

SINCE = date(2015, 1, 1)
DISTRICT_CODE = "430304"
_INVENTED_PREFECTURE = Division("4399", "演示市（虚构）", Level.PREFECTURE, "43")
_DIGITS = "零一二三四五六七八九十"


def lay_ground(counties: int) -> list[Area]:
    """This will load areas and diseases, and give the counties in order."""
    real = read_divisions(DISTRICT)
    divisions = [*real]
    for place in range(1, counties):
        divisions += [_INVENTED_PREFECTURE] if place == 1 else []
        divisions += _copied(real, place)
    load_areas(divisions=divisions, valid_from=SINCE)
    load_diseases(diseases=read_diseases())
    load_catalogues()
    codes = [DISTRICT_CODE, *(_county_code(place) for place in range(1, counties))]
    by_code = {area.code: area for area in Area.objects.filter(code__in=codes, valid_to=None)}
    return [by_code[code] for code in codes]


def has_people() -> bool:
    return Area.objects.filter(households__isnull=False).exists()


def _county_code(place: int) -> str:
    return f"4399{place + 1:02d}"


def _copied(real: list[Division], place: int) -> list[Division]:
    """The streets and villages of the district again, under an invented county."""
    code = _county_code(place)
    county = Division(code, f"演示{_DIGITS[place + 1]}县（虚构）", Level.COUNTY, _INVENTED_PREFECTURE.code)
    below = [each for each in real if each.level in (Level.TOWNSHIP, Level.VILLAGE)]
    return [county, *(_moved(each, code) for each in below)]


def _moved(division: Division, code: str) -> Division:
    parent = code + str(division.parent).removeprefix(DISTRICT_CODE)
    return Division(code + division.code.removeprefix(DISTRICT_CODE), division.name, division.level, parent)
