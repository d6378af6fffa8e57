"""Who is ill, and with what: exactly as many as the county says, older people first."""

from collections.abc import Iterable
from random import Random

from healthaid.demo.families import Member
from households.choices import HealthClass, Sex

# Age from → how much likelier than a child to be among the ill.
_WEIGHTS = ((65, 9.0), (50, 5.0), (35, 2.2), (18, 0.8), (0, 0.35))
# Age from → of those who are ill, the share with the disease.
_HYPERTENSION = ((65, 0.62), (50, 0.47), (38, 0.26), (0, 0.0))
_DIABETES = ((65, 0.2), (50, 0.17), (40, 0.1), (0, 0.0))
_MAJOR_SHARE = ((50, 0.15), (18, 0.12), (0, 0.3))
_ADULT_MAJOR = {
    "stroke": 30, "copd": 22, "cataract": 16, "lung_cancer": 6, "end_stage_renal_disease": 6,
    "stomach_cancer": 4, "acute_myocardial_infarction": 6, "rheumatic_heart_disease": 6, "pneumoconiosis": 5,
    "liver_cancer": 4, "colon_cancer": 3, "rectal_cancer": 3, "oesophageal_cancer": 2,
    "bladder_cancer": 1, "kidney_cancer": 1,
}  # fmt: skip
_WOMEN = {"breast_cancer": 9, "cervical_cancer": 7, "ovarian_cancer": 2}
_CHILD_MAJOR = {
    "congenital_heart_disease_child": 10, "leukaemia_child": 3, "cleft_lip_and_palate": 3, "thalassaemia": 2,
    "haemophilia": 1, "lymphoma_child": 1,
}  # fmt: skip
_OLDER_OTHER = {
    "osteoarthritis": 20, "coronary_heart_disease": 18, "lumbar_disc_disorder": 16, "chronic_bronchitis": 14,
    "chronic_gastritis": 12, "gallstones": 7, "rheumatoid_arthritis": 6, "fracture_sequelae": 5,
}  # fmt: skip
_YOUNGER_OTHER = {
    "chronic_gastritis": 14, "chronic_hepatitis_b": 11, "lumbar_disc_disorder": 12, "thyroid_disorder": 8,
    "asthma": 7, "epilepsy": 4, "gallstones": 4,
}  # fmt: skip
_CHILD_OTHER = {"asthma": 10, "epilepsy": 4, "chronic_gastritis": 3}
MAJOR = frozenset({*_ADULT_MAJOR, *_WOMEN, *_CHILD_MAJOR})
SENSITIVE = frozenset({"severe_mental_disorder", "tuberculosis"})


def make_ill(people: list[tuple[Member, int]], count: int, random: Random) -> None:
    """(member, age) of everyone; exactly `count` of them get diseases, all of them a health class."""
    drawn = sorted(people, key=lambda each: random.random() ** (1 / _at(_WEIGHTS, each[1])), reverse=True)
    for member, age in drawn[:count]:
        member.ill = _diseases(member, age, random)
        major = any(code in MAJOR for code in member.ill)
        member.health_class = HealthClass.MAJOR if major else HealthClass.GENERAL
    for member, age in drawn[count:]:
        worn = age >= 40 and random.random() < 0.3
        member.health_class = HealthClass.SUB_HEALTHY if worn else HealthClass.HEALTHY


def _diseases(member: Member, age: int, random: Random) -> list[str]:
    found = []
    if random.random() < _at(_HYPERTENSION, age):
        found.append("hypertension")
    if random.random() < _at(_DIABETES, age) * (1.35 if found else 1):
        found.append("type2_diabetes")
    if 18 <= age <= 72 and random.random() < 0.034:
        found.append("severe_mental_disorder")
    if age >= 16 and random.random() < 0.013:
        found.append("tuberculosis")
    if random.random() < _at(_MAJOR_SHARE, age):
        found.append(_drawn(_major(member, age), random))
    if not found or (age >= 45 and random.random() < 0.24):
        found.append(_drawn(_other(age), random))
    return found


def _major(member: Member, age: int) -> dict[str, int]:
    if age < 18:
        return _CHILD_MAJOR
    return {**_ADULT_MAJOR, **_WOMEN} if member.sex == Sex.FEMALE else _ADULT_MAJOR


def _other(age: int) -> dict[str, int]:
    return _CHILD_OTHER if age < 18 else _OLDER_OTHER if age >= 50 else _YOUNGER_OTHER


def _drawn(table: dict[str, int], random: Random) -> str:
    return random.choices([*table], [*table.values()])[0]


def _at(table: Iterable[tuple[int, float]], age: int) -> float:
    return next(value for from_age, value in table if age >= from_age)
