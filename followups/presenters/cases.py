"""A case as it is read: where it stands, what is missing next, and who must do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.base.words import listed
from followups.case_choices import CareLevel, ClosingState, Stage, TreatmentStatus
from followups.models import CarePlan, CaseClosing, MajorCase, Treatment
from followups.presenters.values import day_month
from followups.queries.cases.doctors import Doctors

TONES: dict[str, str] = {
    Stage.REGISTERED: "warn",
    Stage.ASSIGNED: "warn",
    Stage.PLANNED: "info",
    Stage.TREATING: "info",
    Stage.CLOSED: "quiet",
}
TREATMENT_TONES: dict[str, str] = {
    TreatmentStatus.OPERATED: "good",
    TreatmentStatus.CONSERVATIVE: "good",
    TreatmentStatus.IN_TREATMENT: "info",
    TreatmentStatus.NOT_TREATED: "bad",
}


@dataclass(frozen=True)
class Next:
    """What the case waits for, and on whom it waits."""

    text: str
    who: str

    def __str__(self) -> str:
        return _("%(text)s: %(who)s") % {"text": self.text, "who": self.who} if self.who else self.text


@dataclass(frozen=True)
class CaseLine:
    url: str
    title: str
    place: str
    stage: str
    tone: str
    treatment: str
    treatment_tone: str
    next: str
    since: str


def lines(found: Iterable[MajorCase], on: date) -> list[CaseLine]:
    """What `queries.cases.with_lines` has read, a line for each case."""
    return [_line(case, on) for case in found]


def _line(case: Any, on: date) -> CaseLine:
    doctors = {each.level: each for each in case.person.doctors_now}
    plan = case.plans_newest_first[0] if case.plans_newest_first else None
    coming = next_of(case, doctors, plan, case.pending[0] if case.pending else None)
    since = max((step.on for step in case.steps.all()), default=case.registered_on)
    return CaseLine(
        url=reverse("followups:case", args=[case.uuid]),
        title=f"{case.person.name} · {case.disease}",
        place=f"{case.village.parent.name} · {case.village.name}",
        stage=case.get_stage_display(),
        tone=TONES[case.stage],
        treatment=treatment_words(case),
        treatment_tone=TREATMENT_TONES.get(case.treatment, "quiet"),
        next=str(coming) if coming else "",
        since=_("since %(day)s") % {"day": day_month(since, on)},
    )


def treatment_words(case: MajorCase) -> str:
    if case.why_not:
        return f"{case.get_treatment_display()} · {case.get_why_not_display()}"
    return str(case.get_treatment_display()) if case.treatment else ""


def next_of(
    case: MajorCase, doctors: Doctors, plan: CarePlan | None, pending: CaseClosing | None
) -> Next | None:
    """The next thing to do and who does it; None where nothing is left."""
    if case.stage == Stage.CLOSED:
        return None
    if pending:
        return Next(_("Approve or return the closing"), _("township or county health office"))
    missing = [level for level in CareLevel.values if level not in doctors]
    if missing:
        names = listed(CareLevel(level).label for level in missing)
        return Next(_("Name the %(levels)s") % {"levels": names}, _("township or county office"))
    if unsigned := _unsigned(case, plan, doctors):
        return unsigned
    return Next(_STEP_WORDS[case.stage](case), _name(doctors, CareLevel.COUNTY))


def _unsigned(case: MajorCase, plan: CarePlan | None, doctors: Doctors) -> Next | None:
    if plan is None:
        return Next(_("Write the joint plan"), _name(doctors, CareLevel.COUNTY))
    if plan.effective_on:
        return None
    signed = {signature.level for signature in plan.signatures.all()}
    names = listed(doctors[level].practitioner.name for level in doctors if level not in signed)
    return Next(_("Sign the plan, version %(version)s") % {"version": plan.version}, names)


def _name(doctors: Doctors, level: str) -> str:
    return doctors[level].practitioner.name


def _planned(case: MajorCase) -> str:
    return _("Record how the person is treated, or why not")


def _treating(case: MajorCase) -> str:
    if case.treatment == TreatmentStatus.NOT_TREATED:
        return _("Follow up why there is no treatment")
    return _("Visit each month; ask for the closing when cured or stable")


_STEP_WORDS: dict[str, Any] = {
    Stage.REGISTERED: _planned,
    Stage.ASSIGNED: _planned,
    Stage.PLANNED: _planned,
    Stage.TREATING: _treating,
}


def rail(case: MajorCase) -> list[dict[str, str]]:
    """The five steps for components/steps.html."""
    place = Stage.values.index(case.stage)
    taken = {step.stage for step in case.steps.all()}
    return [
        {
            "label": _STEP_NAMES[stage](),
            "state": "done" if stage in taken else "now" if index == place + 1 else "later",
        }
        for index, stage in enumerate(Stage.values)
    ]


_STEP_NAMES: dict[str, Any] = {
    Stage.REGISTERED: lambda: pgettext("step", "Register"),
    Stage.ASSIGNED: lambda: pgettext("step", "Assign"),
    Stage.PLANNED: lambda: pgettext("step", "Plan"),
    Stage.TREATING: lambda: pgettext("step", "Treat"),
    Stage.CLOSED: lambda: pgettext("step", "Close"),
}


def steps_taken(case: MajorCase, papers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps as they were taken: what, when, who, on what grounds, with which papers (by step)."""
    return [
        {
            "label": _STEP_NAMES[step.stage](),
            "on": step.on,
            "by": step.by.get_full_name(),
            "evidence": step.evidence,
            "papers": papers.get(step.stage, []),
        }
        for step in case.steps.all()
    ]


def papers_ahead(case: MajorCase, papers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is handed in already for a step that is not taken yet."""
    taken = {step.stage for step in case.steps.all()}
    return [
        {"label": _STEP_NAMES[stage](), "papers": found}
        for stage, found in papers.items()
        if stage not in taken
    ]


def seats(doctors: Doctors) -> list[dict[str, Any]]:
    """The three levels with their doctor; a level without one is named."""
    found = []
    for level in CareLevel:
        charge = doctors.get(level.value)
        found.append(
            {
                "level": level.label,
                "name": charge.practitioner.name if charge else "",
                "place": charge.practitioner.institution.name if charge else "",
                "since": charge.period.lower if charge else None,
                "is_responsible": level == CareLevel.COUNTY,
            }
        )
    return found


def signatures(plan: CarePlan, doctors: Doctors) -> list[dict[str, Any]]:
    """For each level who has signed and when, or who has not yet."""
    signed = {signature.level: signature for signature in plan.signatures.all()}
    return [
        {
            "level": level.label,
            "name": signed[level].practitioner.name
            if level in signed
            else doctors[level].practitioner.name
            if level in doctors
            else _("nobody named"),
            "on": signed[level].signed_on if level in signed else None,
        }
        for level in CareLevel
    ]


def plan_lines(plan: CarePlan, before: CarePlan | None = None) -> list[dict[str, Any]]:
    """The plan's words, each with what stood there in the version before where that differs."""
    fields = ("goals", "treatment", "hospital", "visits", "medicines", "cost", "payers")
    found = []
    for name in fields:
        now, was = _said(plan, name), _said(before, name) if before else ""
        if now or was:
            label = _label(name)
            found.append({"label": label, "now": now, "was": was if before and was != now else ""})
    return found


def _label(name: str) -> str:
    field: Any = CarePlan._meta.get_field(name)
    return str(field.verbose_name)


def _said(plan: CarePlan, name: str) -> str:
    value = getattr(plan, name)
    if name == "cost" and value is not None:
        return _("%(cost)s yuan") % {"cost": f"{value:,.2f}"}
    return str(value) if value is not None else ""


def is_in_force(plan: CarePlan) -> bool:
    return plan.effective_on is not None and plan.superseded_on is None


def plan_state(plan: CarePlan) -> tuple[str, str]:
    """Tone and word: in force, replaced, or waiting for signatures."""
    if is_in_force(plan):
        return "good", pgettext("plan", "in force")
    if plan.superseded_on:
        return "quiet", pgettext("plan", "replaced")
    return "warn", pgettext("plan", "waiting for signatures")


def treatments(found: Sequence[Treatment]) -> list[dict[str, Any]]:
    return [
        {
            "tone": TREATMENT_TONES[each.status],
            "status": each.get_status_display(),
            "why": each.get_why_not_display() if each.why_not else "",
            "place": each.hospital.name if each.hospital else each.place,
            "on": each.on,
            "note": each.note,
            "by": each.by.get_full_name(),
        }
        for each in found
    ]


_CLOSING_TONES: dict[str, str] = {
    ClosingState.PENDING: "warn",
    ClosingState.APPROVED: "good",
    ClosingState.RETURNED: "bad",
    ClosingState.WITHDRAWN: "quiet",
}


def closings(found: Iterable[CaseClosing]) -> list[dict[str, Any]]:
    """What was asked for and decided; where the register asked, it says so."""
    return [
        {
            "tone": _CLOSING_TONES[each.state],
            "state": each.get_state_display(),
            "reason": each.get_reason_display(),
            "evidence": each.evidence if each.requested_by else _("as the register says"),
            "by": each.requested_by.get_full_name() if each.requested_by else _("the register"),
            "on": each.requested_on,
            "decided_by": each.decided_by.get_full_name() if each.decided_by else "",
            "decided_on": each.decided_on,
            "note": each.note,
        }
        for each in found
    ]
