"""The forms as doctors fill them in: every answer that the form asks for, none that it would refuse."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from followups.protocols.computing import body_mass_index
from healthaid.demo.courses import Body, Course

Answers = dict[str, Any]
_COMPLAINTS = {
    "hypertension": (("2", 0.09), ("8", 0.05), ("9", 0.03)),
    "type2_diabetes": (("7", 0.07), ("3", 0.03), ("8", 0.03)),
}
_REACTIONS = {
    "hypertension": ("服药后干咳", "双踝轻度水肿", "服药后面部潮红、头胀"),
    "type2_diabetes": ("服药后腹胀、排气多", "胃部不适、食欲差", "服药后轻度腹泻"),
}
_COMPLICATIONS = {
    "hypertension": ("新查出颈动脉斑块", "心电图提示左室高电压", "尿蛋白（+）"),
    "type2_diabetes": ("双足麻木加重", "眼底检查：背景期视网膜病变", "尿微量白蛋白升高"),
}
_REFERRAL = {
    "hypertension": ("血压持续控制不满意", "区人民医院心血管内科"),
    "type2_diabetes": ("血糖持续控制不满意", "区人民医院内分泌科"),
}
EXERCISE_GOAL = (5, 30)


def hypertension(random: Random, course: Course, body: Body, day: date, mode: str) -> Answers:
    """Blood pressure, symptoms, medicine, way of living. By telephone often without a reading."""
    answers = _opening(day, mode)
    if not _not_measured(random, mode, answers, "bp_not_measured", 0.012):
        answers["sbp"], answers["dbp"] = course.pressure(day)
    _complaints(random, "hypertension", answers)
    answers |= {"heart_rate": random.randint(62, 88), **_body(body), **_living(random, body)}
    answers |= {"salt": body.salt, "salt_target": "1"}
    return _treated(random, course, answers)


def type2_diabetes(random: Random, course: Course, body: Body, day: date, mode: str) -> Answers:
    """Fasting glucose and pressure, feet, medicine, staple food."""
    answers = _opening(day, mode)
    if not _not_measured(random, mode, answers, "fpg_not_measured", 0.03):
        answers["fpg"] = course.glucose(day)
    if mode != "3":
        answers["sbp"], answers["dbp"] = course.pressure(day)
    _complaints(random, "type2_diabetes", answers)
    answers |= {**_body(body), **_living(random, body)}
    answers |= {"staple_food": body.staple, "staple_food_target": min(body.staple, 300)}
    answers |= {"foot_pulse": "1", "hypoglycaemia": "2" if random.random() < 0.03 else "1"}
    if random.random() < 0.18 and "fpg" in answers:
        answers["hba1c"] = _tenth(float(answers["fpg"]) * 0.62 + 2.6 + random.gauss(0, 0.3))
        answers["hba1c_date"] = day
    return _treated(random, course, answers)


def closed(
    random: Random, disease: str, answers: Answers, next_on: date, assessment: Mapping[str, Any]
) -> Answers:
    """The end of the form, written when the verdict is known: referral, next date, satisfaction."""
    if assessment["referral"]:
        answers["referral_reason"], answers["referral_place"] = _REFERRAL[disease]
    answers["next_date"] = next_on
    answers["signed_by"] = "1" if random.random() < 0.88 else "2"
    if random.random() < 0.72:
        answers["satisfaction"] = satisfaction(random)
    return answers


def satisfaction(random: Random) -> str:
    return random.choices("54321", (52, 36, 9, 2, 1))[0]


def _opening(day: date, mode: str) -> Answers:
    return {"visit_date": day, "visit_mode": mode}


def _not_measured(random: Random, mode: str, answers: Answers, reason: str, rate: float) -> bool:
    """Whether the reading is missing; face to face the form asks why."""
    if mode == "3":
        return random.random() < 0.6
    if random.random() >= rate:
        return False
    answers[reason] = random.choice("1224")
    return True


def _complaints(random: Random, disease: str, answers: Answers) -> None:
    sky_high = answers.get("sbp", 0) >= 180
    chosen = [code for code, rate in _COMPLAINTS[disease] if random.random() < rate]
    if sky_high and disease == "hypertension" and "2" not in chosen:
        chosen = ["2", *chosen]
    answers["symptoms"] = sorted(chosen) or ["1"]
    if chosen:
        answers["danger_signs"] = ["1"]


def _body(body: Body) -> Answers:
    target = {"weight_target": body.weight_target} if body.bmi >= 24 else {}
    found = {"height": body.height, "weight": body.weight, "bmi": body.bmi}
    if target:
        target["bmi_target"] = body_mass_index(body.weight_target, body.height)
    return {**found, **target}


def _living(random: Random, body: Body) -> Answers:
    times, minutes = body.exercise
    return {
        "smoking": body.smoking,
        "smoking_target": max(0, body.smoking - 5),
        "drinking": body.drinking,
        "drinking_target": min(body.drinking, Decimal(1)),
        "exercise_times": times,
        "exercise_times_target": max(times, EXERCISE_GOAL[0]),
        "exercise_minutes": minutes,
        "exercise_minutes_target": max(minutes, EXERCISE_GOAL[1]),
        "psychology": "2" if random.random() < 0.14 else "1",
        "compliance": "2" if random.random() < 0.16 else "1",
    }


def _treated(random: Random, course: Course, answers: Answers) -> Answers:
    """Medicines as taken, reactions, complications."""
    disease = course.disease
    answers |= {"medicines": course.medicines(), "adherence": course.adherence}
    reacts = random.random() < 0.012
    answers["adr"] = "2" if reacts else "1"
    if reacts:
        answers["adr_text"] = random.choice(_REACTIONS[disease])
    worse = random.random() < 0.007
    answers["complications"] = random.choice("23") if worse else "1"
    if worse:
        answers["complications_text"] = random.choice(_COMPLICATIONS[disease])
    return answers


def _tenth(value: float) -> Decimal:
    return Decimal(f"{value:.1f}")
