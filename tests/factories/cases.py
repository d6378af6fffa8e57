"""Cases of major disease for tests: the hospital's doctor, the three of a person, a case at any step."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Area, Role, User
from core.clinics.models import HospitalTown, Institution, Practitioner
from followups.case_choices import CareLevel, Stage
from followups.models import CarePlan, MajorCase
from followups.services.cases.assigning import assign_doctors
from followups.services.cases.closing import approve_closing, ask_to_close
from followups.services.cases.opening import open_case
from followups.services.cases.planning import sign_plan, write_plan
from followups.services.cases.treating import record_treatment
from households.choices import DiseaseGroup
from households.models import Condition, Disease, Household, Person
from tests.factories.ground import Cast, County, a_practitioner, a_user, an_institution
from tests.factories.registry import a_household, a_person

_numbers = count(1)
FIRST = date(2026, 3, 2)


def a_major_disease(code: str = "stomach_cancer", **more: Any) -> Disease:
    found, _made = Disease.objects.get_or_create(
        code=code,
        defaults={
            "name_zh": more.pop("name_zh", "胃癌"),
            "name_en": more.pop("name_en", "Stomach cancer"),
            "group": DiseaseGroup.MAJOR,
            "catalogues": ["9", "11", "30"],
            "valid_from": date(2017, 2, 28),
            **more,
        },
    )
    return found


def an_ill_person(village: Area, *, disease: str = "stomach_cancer", home: Household | None = None) -> Person:
    person = a_person(home or a_household(village), name=f"病人{next(_numbers)}")
    a_major_condition(person, disease)
    return person


def a_major_condition(person: Person, disease: str = "stomach_cancer", **more: Any) -> Condition:
    kind = a_major_disease(disease, **more)
    return Condition.objects.create(person=person, disease=kind, confirmed_on=date(2025, 11, 3))


def a_hospital(area: Area, name: str = "县医院") -> Institution:
    return an_institution(area, Institution.Kind.COUNTY_HOSPITAL, name=f"{name}{next(_numbers)}")


def a_signing_doctor(institution: Institution, area: Area, role: str = Role.TEAM_DOCTOR) -> Practitioner:
    return a_practitioner(institution, user=a_user(role, area))


def keeps_town(hospital: Institution, township: Area, since: date = date(2026, 1, 1)) -> HospitalTown:
    return HospitalTown.objects.create(institution=hospital, township=township, period=DateRange(since, None))


def the_three(village: Area, hospital: Institution | None = None) -> dict[str, Practitioner]:
    """A doctor of each level, each with an account of his own."""
    township, county = village.parent, village.county
    return {
        CareLevel.COUNTY: a_signing_doctor(hospital or a_hospital(county), county),
        CareLevel.TOWNSHIP: a_signing_doctor(an_institution(township, "township_hospital"), township),
        CareLevel.VILLAGE: a_signing_doctor(an_institution(village), village, Role.VILLAGE_DOCTOR),
    }


def a_plan(case: MajorCase, by: User, on: date = FIRST, **more: Any) -> CarePlan:
    fields = {
        "goals": "手术切除后恢复饮食",
        "treatment": "胃大部切除术，术后化疗",
        "visits": "每月一次入户随访",
        "medicines": "奥美拉唑，每日一次",
        "cost": Decimal("42000.00"),
        "payers": "新合疗约七成，大病保险与救助补足，个人约四千元",
    }
    hospital = more.pop("hospital", None) or a_hospital(case.village.county)
    return write_plan(case=case, by=by, on=on, hospital=hospital, **(fields | more))


def sign_all(plan: CarePlan, doctors: dict[str, Practitioner], on: date = FIRST) -> CarePlan:
    for doctor in doctors.values():
        plan = sign_plan(plan=plan, by=doctor.user, on=on)
    return plan


def a_case(
    county: County,
    cast: Cast,
    *,
    stage: str = Stage.REGISTERED,
    person: Person | None = None,
    on: date = FIRST,
) -> MajorCase:
    """A case in lianhe that was walked to a stage through the services, a day for each step."""
    person = person or an_ill_person(county.lianhe)
    case = open_case(condition=person.conditions.first(), evidence="病理报告", by=cast.doctor, on=on)
    doctors: dict[str, Practitioner] = {}
    for place, step in enumerate(Stage.values[1 : Stage.values.index(stage) + 1], start=1):
        doctors = _walk(case, step, doctors, cast, on + timedelta(days=place))
    case.refresh_from_db()
    return case


def _walk(
    case: MajorCase, step: str, doctors: dict[str, Practitioner], cast: Cast, on: date
) -> dict[str, Practitioner]:
    if step == Stage.ASSIGNED:
        doctors = the_three(case.village)
        assign_doctors(case=case, doctors=doctors, by=cast.township, on=on)
    elif step == Stage.PLANNED:
        sign_all(a_plan(case, cast.doctor, on), doctors, on)
    elif step == Stage.TREATING:
        record_treatment(
            case=case, status="operated", happened_on=on, place="省人民医院", by=cast.doctor, on=on
        )
    else:
        closing = ask_to_close(case=case, reason="cured", evidence="复查正常", by=cast.doctor, on=on)
        approve_closing(closing=closing, by=cast.township, on=on)
    return doctors
