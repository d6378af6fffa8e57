"""What doctors write on the long forms of the demo; every answer is one that the product takes."""

from datetime import date, timedelta
from random import Random
from typing import Any

from core.base.periods import age_on
from healthaid.demo.families import Member
from healthaid.demo.people import Village

Answers = dict[str, Any]
_LISTED = {
    "oesophageal_cancer": "3", "stomach_cancer": "4", "colon_cancer": "5", "rectal_cancer": "6",
    "end_stage_renal_disease": "7", "breast_cancer": "8", "cervical_cancer": "9",
}  # fmt: skip
_OTHERS = {"stroke": "脑卒中后遗症", "copd": "慢性阻塞性肺疾病", "cataract": "白内障", "lung_cancer": "肺癌"}
_PAST = {
    "hypertension": "2",
    "type2_diabetes": "3",
    "coronary_heart_disease": "4",
    "copd": "5",
    "stroke": "7",
    "pneumoconiosis": "12",
    "chronic_hepatitis_b": "10",
}
_CANCER = "6"
_NORMAL = (
    *("lips", "throat", "hearing", "movement", "skin", "sclera", "nodes", "barrel_chest", "breath_sounds"),
    *("rales", "heart_rhythm", "murmur", "tenderness", "mass", "liver", "spleen", "ascites", "oedema"),
    *("urine_protein", "urine_sugar", "urine_ketone", "urine_blood", "exposed"),
)
_PROBLEMS = ("kidney", "heart", "vessel", "eye", "nerve", "other")
_RESULTS = {
    "haemoglobin": (132, 10, 0), "white_cells": (6.1, 1.2, 1), "platelets": (205, 40, 0), "alt": (22, 9, 0),
    "ast": (23, 7, 0), "bilirubin": (12.5, 3.5, 1), "creatinine": (72, 14, 0), "urea": (5.4, 1.2, 1),
    "cholesterol": (4.8, 0.8, 2), "triglycerides": (1.5, 0.5, 2), "ldl": (2.8, 0.6, 2), "hdl": (1.3, 0.2, 2),
}  # fmt: skip


def exam_answers(dice: Random, member: Member, day: date, found: dict[str, Any]) -> Answers:
    """The examination whose numbers the register already has."""
    upper, lower = found["sbp"], found["dbp"]
    answers: Answers = {
        "visit_date": day, "visit_mode": "1", "symptoms": ["1"] if dice.random() < 0.7 else ["3"],
        "temperature": "36.5", "pulse": dice.randint(62, 88), "respiration": dice.randint(16, 20),
        "sbp_left": upper - dice.randint(0, 5), "dbp_left": lower, "sbp_right": upper, "dbp_right": lower,
        "height": str(found["height"]), "weight": str(found["weight"]), "fpg": str(found["fpg"]),
        "waist": str(round(found["bmi"] * 3.55, 1)), "exercise_frequency": dice.choice("1123"),
        "diet": ["1"], "smoking_state": "1", "drinking_state": "1", "teeth": [dice.choice("1234")],
        "vision_left": "4.8", "vision_right": "4.7", "heart_rate": dice.randint(62, 88), "foot_pulse": "2",
        "problem_brain": ["2"] if "stroke" in member.ill else ["1"], "ultrasound": "1",
    }  # fmt: skip
    answers |= dict.fromkeys(_NORMAL, "1") | {f"problem_{name}": ["1"] for name in _PROBLEMS}
    answers |= {name: _result(dice, *shape) for name, shape in _RESULTS.items()}
    if age_on(member.born, day) >= 65:
        answers |= _elderly(dice, age_on(member.born, day))
    return answers | _tracing(dice) | _judged(answers)


def _result(dice: Random, middle: float, spread: float, digits: int) -> str:
    return f"{max(dice.gauss(middle, spread), middle / 3):.{digits}f}"


def _elderly(dice: Random, age: int) -> Answers:
    frail = dice.random() < (0.35 if age >= 80 else 0.08)
    answers: Answers = {"health_self": dice.choice("1122"), "adl_feeding": "1", "adl_dressing": "1"}
    answers |= {"adl_grooming": "2" if frail else "1", "adl_toilet": "1"}
    answers |= {"adl_moving": "3" if frail else "1", "recall_now": "1"}
    answers |= {"recall_later": "2" if dice.random() < 0.12 else "1", "mood_sad": "1"}
    return answers | {"mood_poor": "2" if dice.random() < 0.08 else "1"}


def _tracing(dice: Random) -> Answers:
    if dice.random() < 0.15:
        return {
            "ecg": "2",
            "ecg_text": dice.choice(("窦性心动过缓", "ST-T改变", "偶发房性早搏", "左室高电压")),
        }
    return {"ecg": "1"}


def _judged(answers: Answers) -> Answers:
    said = []
    if answers["sbp_right"] >= 140 or answers["dbp_right"] >= 90:
        said.append(f"血压偏高 {answers['sbp_right']}/{answers['dbp_right']} mmHg")
    if float(answers["fpg"]) >= 7:
        said.append(f"空腹血糖偏高 {answers['fpg']} mmol/L")
    if not said:
        return {"evaluation": "1"}
    words = {f"abnormal_{place}": text for place, text in enumerate(said, start=1)}
    return {"evaluation": "2", **words, "guidance": ["1", "2"], "risk_control": ["3", "4"]}


def record_answers(dice: Random, village: Village, member: Member, day: date, number: int) -> Answers:
    """A cover and what a doctor has to know; the village digits are those of archives, not of statistics."""
    first = 101 if village.is_committee else 1
    place = first + int(village.area.code[-3:]) % 98
    known = {_CANCER if code.endswith("_cancer") else _PAST.get(code, "") for code in member.ill}
    diseases = sorted(known - {""}) or ["1"]
    age = age_on(member.born, day)
    return {
        "visit_date": day, "visit_mode": "1", "sex": member.sex, "birth_date": member.born,
        "archive_number": f"{village.area.code[:6]}{village.area.code[6:9]}{place:03d}{number:05d}",
        "present_address": f"{village.short}", "archive_unit": f"{village.township.name}社区卫生服务中心",
        "responsible_doctor": "签约村医", "archive_date": day - timedelta(days=dice.randint(400, 2200)),
        "residence": "1", "ethnic": "01" if member.ethnicity == "汉族" else "99",
        **({"ethnic_name": member.ethnicity} if member.ethnicity != "汉族" else {}),
        "blood": dice.choice("12345"), "rh": dice.choice("233"), "schooling": dice.choice("788"),
        "occupation": "4", "marriage": "3" if age > 76 and dice.random() < 0.5 else "2",
        "payment": ["3", "4"], "allergy": ["2"] if dice.random() < 0.07 else ["1"], "exposure": ["1"],
        "past_diseases": diseases, "surgery": "1", "injury": "1", "transfusion": "1", "hereditary": "1",
        "disability": ["1"], "kitchen": dice.choice("24"), "fuel": dice.choice("155"),
        "water": dice.choice("113"), "toilet": dice.choice("112"), "pen": dice.choice("12"),
    }  # fmt: skip


def major_answers(dice: Random, member: Member, day: date) -> Answers:
    code = next((code for code in member.ill if code in _LISTED or code in _OTHERS), "")
    worse, owing = dice.random() < 0.1, dice.random() < 0.2
    answers: Answers = {
        "visit_date": day, "visit_mode": "2", "disease": _LISTED.get(code, "10"),
        **({} if code in _LISTED else {"disease_text": _OTHERS.get(code, "重大疾病")}),
        "course": "3" if worse else dice.choice("1222"), "treatment": dice.choice("2223"),
        "symptoms": ["3"] if worse else ["1"], "danger_signs": ["1"], "function": dice.choice("2233"),
        "adherence": "1", "adr": "1", "cost_burden": "3" if owing else "2", "plan": "1",
        "settled": "3" if owing else "2", "paid_total": str(dice.randint(3, 30) * 100),
        "next_steps": ["2"] if worse else ["1"], "needs": ["5"] if owing else ["1"],
        "satisfaction": dice.choice("5554"),
    }  # fmt: skip
    answers["paid_self"] = str(int(answers["paid_total"]) // 10)
    return answers | ({"needs_text": "门诊费用还没有报销，需要帮助办理"} if owing else {})


def stay_answers(dice: Random, member: Member, day: date, home_on: date, *, first: bool) -> Answers:
    """The first visit finds the papers open, the second finds them settled."""
    admitted = home_on - timedelta(days=7 + member.pk % 9)
    return {
        "visit_date": day, "visit_mode": "2", "admitted_on": admitted, "discharged_on": home_on,
        "hospital": "区人民医院", "reason": "3" if "stroke" in member.ill else "8",
        "recovery": "1", "wound": "1", "drugs": "3" if first else "2", "red_flags": ["1"],
        "adr": "1", "temperature": "36.6",
        "moving": "2" if first else "1", "rehabilitation": "2", "care": "2",
        "papers": "2" if first else "1", "insurer": "3" if first else "2", "needs": ["1"],
        "care_given": ["2", "3", "7"] if first else ["2", "3"], "satisfaction": "5",
        "recheck_on": home_on + timedelta(days=10), "recheck_booked": "1",
    }  # fmt: skip
