"""Households, members, diseases for tests. Identity numbers carry an unassigned county code (430399)."""

from datetime import date
from itertools import count
from typing import Any

from core.accounts.models import Area
from core.base.crypto import blind_index
from core.base.idnumber import check_digit, masked
from core.base.names import name_keys
from households.choices import DiseaseGroup, Relation, Sex
from households.models import Condition, Disease, Household, Person

_numbers = count(1)
_SENSITIVE = {"severe_mental_disorder", "tuberculosis"}
_NAMES = {
    "hypertension": ("高血压", "Hypertension"),
    "type2_diabetes": ("2型糖尿病", "Type 2 diabetes"),
    "severe_mental_disorder": ("严重精神障碍", "Severe mental disorder"),
    "tuberculosis": ("肺结核", "Tuberculosis"),
}


def an_id_number(born: date, sex: str = Sex.MALE) -> str:
    """Valid shape and checksum, a county code that was never assigned."""
    serial = (next(_numbers) * 2 + (1 if sex == Sex.MALE else 0)) % 1000
    seventeen = f"430399{born:%Y%m%d}{serial:03d}"
    return seventeen + check_digit(seventeen)


def a_household(village: Area, **more: Any) -> Household:
    number = f"{village.code}{next(_numbers):04d}"
    return Household.objects.create(
        register_no=more.pop("register_no", number), village=village, county=village.county, **more
    )


def a_person(
    household: Household, *, name: str = "张三丰", relation: str = Relation.HEAD, **more: Any
) -> Person:
    born = more.pop("birth_date", date(1955, 3, 9))
    sex = more.pop("sex", Sex.MALE)
    number = more.pop("id_number", None) or an_id_number(born, sex)
    keys = name_keys(name)
    person = Person.objects.create(
        household=household,
        village=household.village,
        county=household.county,
        name=name,
        name_folded=keys.folded,
        name_pinyin=keys.pinyin,
        name_initials=keys.initials,
        name_grams=keys.grams,
        relation=relation,
        sex=sex,
        birth_date=born,
        id_number=number,
        id_index=blind_index(number),
        id_masked=masked(number),
        **more,
    )
    return Person.objects.get(pk=person.pk)


def a_disease(code: str = "hypertension") -> Disease:
    zh, en = _NAMES.get(code, (code, code))
    found, _made = Disease.objects.get_or_create(
        code=code,
        defaults={
            "name_zh": zh,
            "name_en": en,
            "group": DiseaseGroup.CHRONIC,
            "is_sensitive": code in _SENSITIVE,
            "valid_from": date(2015, 1, 1),
        },
    )
    return found


def a_condition(person: Person, code: str = "hypertension", **more: Any) -> Condition:
    return Condition.objects.create(
        person=person,
        village=person.village,
        disease=a_disease(code),
        confirmed_on=more.pop("confirmed_on", date(2018, 5, 4)),
        **more,
    )
