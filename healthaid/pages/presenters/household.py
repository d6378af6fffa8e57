"""The household page in plain values: members with what is known of each, work, history."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.models import BurdenWarning
from claims.presenters.window import TONES as BILL_TONES
from claims.presenters.window import days_words
from claims.queries.burdens.board import WAITING_STATES, rule_label_of
from core.accounts.models import User
from core.accounts.permissions import may
from followups.choices import NeedState
from followups.models import Duty, Need, Visit
from followups.presenters.assessment import present_assessment
from followups.presenters.duties import about, form_name, headline
from followups.presenters.referrals import present_referral
from followups.protocols.library import edition
from followups.queries.duties import days_late
from healthaid.outreach.models import SurveyHome
from healthaid.outreach.presenters.distributions import present_held
from healthaid.pages.presenters.words import TONES, age_words, causes_words, late_words
from healthaid.pages.queries.household import HouseholdFacts
from households.choices import Scheme
from households.models import Condition, MonitoringCase, Person

CLASS_TONES = {"major": "bad", "general": "warn", "sub_healthy": "info", "healthy": "good"}
NEED_TONES = {"open": "warn", "in_progress": "info", "met": "good", "unmet": "bad", "merged": "quiet"}


def reading(visit: Visit) -> str:
    """The numbers of a visit in one short text: 138/86 mmHg, 6.8 mmol/L."""
    pressure = f"{visit.sbp}/{visit.dbp} mmHg" if visit.sbp and visit.dbp else ""
    glucose = f"{visit.fpg} mmol/L" if visit.fpg is not None else ""
    return " · ".join(filter(None, [pressure, glucose, headline(visit)]))


def shown_visit(visit: Visit) -> dict[str, Any]:
    form = edition(f"{visit.protocol}_{visit.edition}")
    outcome = present_assessment(form, visit.assessment or {}) if visit.visit_class else None
    return {
        "url": reverse("followups:visit", args=[visit.pk]),
        "on": visit.visited_on,
        "form": form_name(visit.protocol, visit.visited_on),
        "person": visit.person.name if visit.person else _("whole household"),
        "mode": visit.get_mode_display(),
        "reading": reading(visit),
        "class": outcome.word if outcome else "",
        "tone": outcome.tone if outcome else "quiet",
        "by": visit.by.get_full_name(),
    }


def shown_duty(duty: Duty, on: date) -> dict[str, Any]:
    late = days_late(duty, on)
    return {
        "url": f"{reverse('followups:visit_new')}?duty={duty.pk}{about(duty)}",
        "form": form_name(duty.protocol, duty.due_on),
        "person": duty.person.name if duty.person else _("whole household"),
        "due": duty.due_on,
        "until": duty.ends_on,
        "late": late_words(late) if late else "",
        "tone": "bad" if late else "info",
    }


def shown_need(need: Need, user: User, on: date) -> dict[str, Any]:
    late = (on - need.due_on).days if need.state in {NeedState.OPEN, NeedState.IN_PROGRESS} else 0
    return {
        "url": reverse("followups:need", args=[need.uuid]) if may(user, "work_need") else "",
        "kind": need.get_kind_display(),
        "person": need.person.name,
        "description": need.description,
        "state": need.get_state_display(),
        "tone": NEED_TONES[need.state],
        "due": need.due_on,
        "late": late_words(late) if late > 0 else "",
        "owner": need.owner.get_full_name(),
    }


def shown_warning(warning: BurdenWarning, user: User, on: date) -> dict[str, Any]:
    late = (on - warning.due_on).days if warning.state in WAITING_STATES else 0
    return {
        "url": reverse("claims:warning", args=[warning.pk]) if may(user, "see_warnings") else "",
        "rule": rule_label(warning.rule),
        "person": warning.person.name if warning.person else "",
        "burden": warning.burden,
        "threshold": warning.threshold,
        "state": warning.get_state_display(),
        "tone": "bad" if late > 0 else "warn",
        "due": warning.due_on if warning.state in WAITING_STATES else None,
        "late": late_words(late) if late > 0 else "",
    }


def shown_monitoring(case: MonitoringCase, on: date) -> dict[str, Any]:
    return {
        "url": reverse("households:monitoring_case", args=[case.uuid]),
        "kind": case.get_kind_display(),
        "risk": case.get_risk_display(),
        "state": case.get_state_display(),
        "tone": "bad" if case.due_on and case.due_on < on else "warn" if case.holder else "quiet",
        "holder": case.get_holder_display() if case.holder else "",
        "waiting": late_words((on - case.due_on).days) if case.due_on and case.due_on < on else "",
        "ended_on": case.ended_on,
    }


def _new_risk(facts: HouseholdFacts, user: User) -> str:
    """Where a risk is noted; nothing where the household is monitored already or has left."""
    if facts.household.left_on or any(case.holder for case in facts.monitoring):
        return ""
    may_note = may(user, "work_monitoring")
    return reverse("households:monitoring_new", args=[facts.household.uuid]) if may_note else ""


def _card(facts: HouseholdFacts, user: User) -> str:
    """Where the contact card is printed; nothing for a household that has left."""
    if facts.household.left_on or not may(user, "hand_out"):
        return ""
    return reverse("outreach:contact_card", args=[facts.household.uuid])


def _questions(home: SurveyHome) -> str:
    return reverse("outreach:survey_home", args=[home.round.uuid, home.household.uuid])


def rule_label(code: str) -> str:
    label = rule_label_of(code)
    return label.get(get_language() or "zh-hans") if label else code


def _grouped(conditions: list[Condition]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for condition in conditions:
        found[condition.person_id].append(str(condition.disease))
    return found


def shown_member(person: Person, facts: HouseholdFacts, on: date) -> dict[str, Any]:
    latest = next((v for v in facts.visits if v.person_id == person.pk and reading(v)), None)
    contract = next((c for c in facts.contracts if c.person_id == person.pk), None)
    own = [e for e in facts.enrolments if e.person_id == person.pk]
    enrolled = next((e for e in own if e.scheme == Scheme.BASIC), None)
    return {
        "url": reverse("households:person", args=[person.uuid]),
        "name": person.name,
        "relation": person.get_relation_display(),
        "sex": person.get_sex_display(),
        "age": age_words(person.birth_date, on),
        "id_masked": person.id_masked,
        "class": person.get_health_class_display(),
        "tone": CLASS_TONES[person.health_class],
        "conditions": _grouped(facts.conditions)[person.pk],
        "latest": {"reading": reading(latest), "on": latest.visited_on} if latest else None,
        "team": contract.team.name if contract else "",
        "enrolled": bool(enrolled and enrolled.is_enrolled),
        "why_not": enrolled.why_not if enrolled else "",
        "schemes": own,
        "examined": any(e.person_id == person.pk for e in facts.exams),
    }


def shown_bill(stay: Any) -> dict[str, Any]:
    """A stay that `household_year` has read."""
    owes = stay.patient_share is not None and stay.due > 0
    return {
        "url": reverse("claims:bill", args=[stay.uuid]),
        "title": f"{stay.person.name} · {stay.diagnosis}",
        "hospital": stay.institution.name,
        "days": days_words(stay),
        "total": stay.settled_total,
        "patient": stay.patient_share,
        "state": _("arrears") if owes else stay.get_state_display(),
        "tone": "warn" if owes else BILL_TONES[stay.state],
    }


def shown(facts: HouseholdFacts, user: User, on: date) -> dict[str, Any]:
    household = facts.household
    return {
        "household": household,
        "head": next((m.name for m in facts.members if m.relation == "02"), household.register_no),
        "tone": TONES.get(household.standing, "quiet"),
        "causes": causes_words(household),
        "members": [shown_member(person, facts, on) for person in facts.members],
        "left": facts.left,
        "doctors": facts.doctors,
        "paired": facts.paired,
        "may_pair": may(user, "manage_teams"),
        "duties": [shown_duty(duty, on) for duty in facts.duties],
        "visits": [shown_visit(visit) for visit in facts.visits],
        "needs": [shown_need(need, user, on) for need in facts.needs],
        "referrals": [present_referral(referral, on) for referral in facts.referrals],
        "statuses": [
            {
                "standing": status.get_standing_display(),
                "kind": status.get_monitored_kind_display() if status.monitored_kind else "",
                "since": status.period.lower,
                "until": status.period.upper,
                "tone": TONES.get(status.standing, "quiet"),
            }
            for status in facts.statuses
        ],
        "warnings": [shown_warning(warning, user, on) for warning in facts.warnings],
        "bills": facts.bills,
        "bill_lines": [shown_bill(stay) for stay in facts.bills.stays] if facts.bills else [],
        "handed": present_held(facts.handed) if facts.handed else [],
        "card_url": _card(facts, user),
        "surveys": [
            {"name": one.round.name, "due": one.round.due_on, "url": _questions(one)} for one in facts.surveys
        ],
        "monitoring": [shown_monitoring(case, on) for case in facts.monitoring],
        "monitoring_new_url": _new_risk(facts, user),
        "year": on.year,
        "may_see_records": may(user, "see_records"),
        "may_visit": may(user, "record_visit"),
        "may_history": may(user, "see_history"),
        "phone_url": reverse("households:household_phone", args=[household.uuid]),
        "may_raise": may(user, "raise_need"),
        "may_reveal": may(user, "reveal_person"),
    }
