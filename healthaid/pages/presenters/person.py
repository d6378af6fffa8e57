"""The person page in plain values, with the trends drawn."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import may
from core.base.charts import Chart, blood_pressure_trend, glucose_trend
from core.base.periods import age_on
from followups.choices import ContractState
from followups.models import Contract, MajorCase
from followups.presenters.answering import levels_of
from followups.presenters.cases import TONES as CASE_TONES
from followups.presenters.contracts import present_promise
from followups.presenters.papers import present_exam, present_record
from followups.protocols.library import protocol
from followups.queries.contracts import standing
from healthaid.pages.presenters.courses import doses_chart, forms_of, stability_chart
from healthaid.pages.presenters.household import CLASS_TONES, shown_duty, shown_need, shown_visit
from healthaid.pages.presenters.words import age_words
from healthaid.pages.queries.person import PersonFacts
from households.choices import HealthClass
from households.models import IdentificationCase, Person, Screening
from households.presenters.identification import present_case, present_result


def _limit(form: str, name: str, person: Person, on: date) -> Any:
    """The target of a form at the person's age on that day."""
    age = age_on(person.birth_date, on)
    steps = protocol(form, on=on).assessment.params[name].steps
    return [step.value for step in steps if step.from_age <= age][-1]


def pressure_chart(facts: PersonFacts, on: date) -> Chart | None:
    readings = [(v.visited_on, v.sbp, v.dbp) for v in reversed(facts.visits) if v.sbp and v.dbp]
    if not readings:
        return None
    return blood_pressure_trend(
        readings,
        systolic_target=_limit("hypertension", "sbp_limit", facts.person, on),
        diastolic_target=_limit("hypertension", "dbp_limit", facts.person, on),
    )


def glucose_chart(facts: PersonFacts, on: date) -> Chart | None:
    readings = [(v.visited_on, v.fpg) for v in reversed(facts.visits) if v.fpg is not None]
    if not readings:
        return None
    low, high = (_limit("type2_diabetes", name, facts.person, on) for name in ("glucose_low", "fpg_limit"))
    return glucose_trend(readings, low=low, high=high)


CHARTS = (pressure_chart, glucose_chart, stability_chart, doses_chart)


def _case(case: MajorCase) -> dict[str, Any]:
    """One line about a case of major disease; its page tells the rest."""
    return {
        "url": reverse("followups:case", args=[case.uuid]),
        "title": str(case.disease),
        "on": case.registered_on,
        "tone": CASE_TONES[case.stage],
        "stage": case.get_stage_display(),
        "treatment": case.get_treatment_display() if case.treatment else "",
    }


def _papers(facts: PersonFacts, on: date) -> list[dict[str, str]]:
    """The forms that are kept for everybody, and those of the elderly and of major disease."""
    made = {visit.protocol for visit in facts.papers}
    listed = [
        ("annual_exam", _("Examine")),
        ("health_record", _("Look at the record again") if "health_record" in made else _("Make the record")),
        ("discharge_care", _("Care after discharge")),
    ]
    if facts.person.health_class == HealthClass.MAJOR:
        listed.insert(0, ("major_disease", _("Monthly visit for major disease")))
    if age_on(facts.person.birth_date, on) >= protocol("tcm_constitution", on=on).applies.minimum_age:
        listed.insert(1, ("tcm_constitution", _("Constitution in Chinese medicine")))
    address = f"{reverse('followups:visit_new')}?person={facts.person.uuid}"
    return [{"url": f"{address}&protocol={code}", "label": label} for code, label in listed]


def _identified(case: IdentificationCase, user: User, on: date) -> dict[str, Any]:
    """One line about a case of identification; what is for health staff only is not named to others."""
    told = present_case(case, user, on)
    return {"url": told["url"], "title": told["disease"], "where": told["where"], "tone": told["tone"]} | {
        "on": told["opened_on"]
    }


def _screened(screening: Screening, user: User) -> dict[str, Any]:
    told = present_result(screening, user)
    address = reverse("identification:round", args=[screening.round.uuid])
    return {**told, "round": screening.round.name, "url": address}


def _contracted(facts: PersonFacts, on: date) -> bool:
    return any(c.state == ContractState.SIGNED and on in c.period for c in facts.contracts)


def _contract(contract: Contract, on: date) -> dict[str, Any]:
    return {
        "pk": contract.pk,
        "team": contract.team.name,
        "since": contract.period.lower,
        "until": contract.period.upper,
        "standing": standing(contract, on).label,
    }


def shown(facts: PersonFacts, user: User, on: date) -> dict[str, Any]:
    person = facts.person
    return {
        "person": person,
        "household": person.household,
        "age": age_words(person.birth_date, on),
        "tone": CLASS_TONES[person.health_class],
        "charts": [chart for chart in (draw(facts, on) for draw in CHARTS) if chart],
        "conditions": facts.conditions,
        "identities": facts.identities,
        "enrolments": facts.enrolments,
        "exams": facts.exams,
        "contracts": [_contract(contract, on) for contract in facts.contracts],
        "promises": [present_promise(item) for item in facts.promises],
        "exam": present_exam(facts.papers),
        "record": present_record(facts.papers),
        "papers": _papers(facts, on) if may(user, "record_visit") and not person.left_on else [],
        "visits": [shown_visit(visit) for visit in facts.visits],
        "levels": levels_of({duty.rule for duty in facts.duties}, facts.seats),
        "duties": [shown_duty(duty, on) for duty in facts.duties],
        "needs": [shown_need(need, user, on) for need in facts.needs],
        "cases": [_case(case) for case in facts.cases] if may(user, "see_cases") else [],
        "identified": [_identified(case, user, on) for case in facts.identified]
        if may(user, "see_identification")
        else [],
        "screened": [_screened(each, user) for each in facts.screened]
        if may(user, "see_identification")
        else [],
        "may_identify": may(user, "open_identification") and user.sees_sensitive and not person.left_on,
        "uncased": facts.uncased if may(user, "work_case") and not person.left_on else [],
        "uncased_diseases": [condition.disease for condition in facts.uncased],
        "forms": forms_of(facts, on) if may(user, "record_visit") and not person.left_on else [],
        "may_see_teams": may(user, "see_teams"),
        "may_see_records": may(user, "see_records"),
        "may_visit": may(user, "record_visit"),
        "may_raise": may(user, "raise_need"),
        "may_praise": may(user, "record_feedback"),
        "may_reveal": may(user, "reveal_person"),
        "may_history": may(user, "see_history"),
        "may_correct": may(user, "correct_contact"),
        "may_sign": may(user, "sign_contract") and not person.left_on and not _contracted(facts, on),
        "id_url": reverse("households:reveal", args=[person.uuid, "id_number"]),
        "phone_url": reverse("households:reveal", args=[person.uuid, "phone"]),
        "crumbs": [
            {
                "label": _("Household page"),
                "url": reverse("households:household", args=[person.household.uuid]),
            }
        ],
    }
