"""Lists, rounds and cases of identification for tests; the six who speak are the cast's."""

from datetime import date
from itertools import count
from typing import Any

from core.accounts.models import User
from households.models import Catalogue, CatalogueEntry, IdentificationCase, Opinion, Person, ScreeningRound
from households.services.identification.opinions import give_opinion
from tests.factories.ground import Cast, County
from tests.factories.registry import a_disease, a_household, a_person

_numbers = count(1)
FIRST = date(2026, 3, 2)


def a_list(*codes: str, **more: Any) -> Catalogue:
    """A list with these diseases in this order."""
    fields = {"code": f"L{next(_numbers)}", "title": "病种目录", "valid_from": date(2016, 1, 1), **more}
    made = Catalogue.objects.create(**fields)
    for position, code in enumerate(codes or ("stroke", "tuberculosis", "copd"), start=1):
        disease = a_disease(code)
        CatalogueEntry.objects.create(
            catalogue=made, disease=disease, position=position, name=disease.name_zh, icd10_prefixes=[]
        )
    return made


def a_round(area: Any, by: User, **more: Any) -> ScreeningRound:
    fields = {
        "catalogue": more.pop("catalogue", None) or a_list(),
        "name": f"第{next(_numbers)}轮",
        "opens_on": FIRST,
        "due_on": date(2026, 3, 31),
        "grounds": "全面排查",
        **more,
    }
    return ScreeningRound.objects.create(area=area, by=by, **fields)


def an_identification(
    county: County, cast: Cast, person: Person | None = None, *, disease: str = "stroke", **more: Any
) -> IdentificationCase:
    """A case that has just been opened in the village `lianhe`."""
    who = person or a_person(a_household(county.lianhe))
    made = IdentificationCase.objects.create(
        person=who,
        village=who.village,
        county=who.county,
        disease=a_disease(disease),
        grounds="县医院2025年出院小结",
        opened_on=FIRST,
        opened_by=cast.doctor,
        moved_on=FIRST,
        **more,
    )
    made.refresh_from_db()
    return made


def the_six(cast: Cast) -> list[User]:
    """In the order in which they speak."""
    return [
        *(cast.doctor, cast.committee),
        *(cast.township, cast.township_administration),
        *(cast.county, cast.county_administration),
    ]


def say(case: IdentificationCase, by: User, *, agrees: bool = True, on: date = FIRST, **more: Any) -> Any:
    """An opinion, given as the case stands now."""
    fresh = IdentificationCase.objects.get(pk=case.pk)
    words = more.pop("grounds", "情况属实" if agrees else "材料不足")
    return give_opinion(case=fresh, agrees=agrees, grounds=words, by=by, on=on, **more)


def carry(case: IdentificationCase, cast: Cast, opinions: int) -> IdentificationCase:
    """The first so many opinions, all in agreement."""
    for who in the_six(cast)[:opinions]:
        say(case, who)
    return IdentificationCase.objects.get(pk=case.pk)


def an_opinion(case: IdentificationCase, by: User, **more: Any) -> Opinion:
    """The bare row, for trying what the database lets in."""
    fields = {
        "level": case.level,
        "side": by.sector,
        "turn": case.turn,
        "agrees": True,
        "grounds": "x",
        "on": FIRST,
    }
    return Opinion.objects.create(case=case, by=by, **{**fields, **more})
