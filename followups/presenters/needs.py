"""A need as it is read: whose, what, who follows it up, until when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.base.words import listed
from followups.choices import NeedState, StepKind, WordMissing
from followups.models import Need, NeedStep, NeedTask
from followups.paperwork import all_papers
from followups.presenters.values import day_month, in_language
from followups.queries.needs import days_late

TONES = {
    NeedState.OPEN: "warn",
    NeedState.IN_PROGRESS: "info",
    NeedState.MET: "good",
    NeedState.UNMET: "quiet",
    NeedState.MERGED: "quiet",
}
STEP_ICONS = {
    StepKind.RAISED: "need",
    StepKind.NOTE: "edit",
    StepKind.HOME: "home-visit",
    StepKind.HOSPITAL: "clinic",
    StepKind.INSURER: "phone",
    StepKind.MONEY: "contract",
    StepKind.TASK: "check",
    StepKind.REFERRAL: "go",
    StepKind.HANDED_ON: "people",
    StepKind.POSTPONED: "calendar",
    StepKind.REOPENED: "undo",
    StepKind.CLOSED: "good",
    StepKind.MERGED: "list",
}


@dataclass(frozen=True)
class NeedView:
    url: str
    uuid: str
    title: str
    kind: str
    description: str
    place: str
    owner: str
    due: str
    state: str
    tone: str
    is_overdue: bool
    cost: str
    word: str


@dataclass(frozen=True)
class PaperView:
    code: str
    title: str
    done_on: date | None
    by: str
    note: str
    says: bool


def present_need(need: Need, on: date) -> NeedView:
    late = days_late(need, on)
    return NeedView(
        url=reverse("followups:need", args=[need.uuid]),
        uuid=str(need.uuid),
        title=need.person.name,
        kind=need.get_kind_display(),
        description=need.description,
        place=" · ".join(filter(None, [need.household.village.name, need.household.group_name])),
        owner=need.owner.get_full_name(),
        due=_due(need, late, on),
        state=need.get_state_display(),
        tone="bad" if late > 0 else TONES[NeedState(need.state)],
        is_overdue=late > 0,
        cost=cost_words(need),
        word=word_words(need),
    )


def cost_words(need: Need) -> str:
    """200,000 yuan quoted · treatment put off."""
    quoted = (
        _("%(amount)s yuan quoted") % {"amount": amount(need.quoted_amount)} if need.quoted_amount else ""
    )
    return " · ".join(filter(None, [quoted, _("treatment put off") if need.is_put_off else ""]))


def word_words(need: Need) -> str:
    """What the person says of it, or why nobody could be asked."""
    if need.word_missing == WordMissing.BY_RESULT:
        return str(need.get_word_missing_display())
    if need.word_missing:
        return _("Nobody could be asked: %(why)s") % {"why": need.get_word_missing_display()}
    return {
        5: _("very satisfied"),
        4: _("satisfied"),
        3: _("neither"),
        2: _("dissatisfied"),
        1: _("very dissatisfied"),
    }.get(need.satisfaction or 0, "")


def amount(yuan: Decimal) -> str:
    return f"{yuan:,.2f}".removesuffix(".00")


def present_warning(counted: dict[str, Any]) -> str:
    """The early warning in one sentence; empty where there is nothing to warn of."""
    if not counted["needs"]:
        return ""
    parts = [
        ngettext("%(n)s need for money is open", "%(n)s needs for money are open", counted["needs"])
        % {"n": counted["needs"]},
        ngettext("%(n)s treatment is put off", "%(n)s treatments are put off", counted["put_off"])
        % {"n": counted["put_off"]}
        if counted["put_off"]
        else "",
        _("%(amount)s yuan quoted in all") % {"amount": amount(counted["quoted"])}
        if counted["quoted"]
        else "",
    ]
    return listed(part for part in parts if part)


def _due(need: Need, late: int, on: date) -> str:
    if need.closed_on:
        return _("Closed on %(day)s") % {"day": day_month(need.closed_on, on)}
    if late > 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
    return _("By %(day)s") % {"day": day_month(need.due_on, on)}


def steps_of(need: Need) -> list[dict[str, object]]:
    """The log, newest first, as plain lines."""
    return [present_step(step) for step in need.steps.all()]


def present_step(step: NeedStep) -> dict[str, object]:
    return {
        "day": step.on,
        "kind": step.get_kind_display(),
        "icon": STEP_ICONS[StepKind(step.kind)],
        "state": step.get_state_display(),
        "tone": TONES[NeedState(step.state)],
        "note": step.note,
        "by": step.by.get_full_name(),
        "to": step.passed_to.get_full_name() if step.passed_to else "",
    }


def papers_of_need(need: Need) -> list[PaperView]:
    """The paperwork in the order in which it is done."""
    order = list(all_papers())
    known = [task for task in need.tasks.all() if task.code in order]
    return [_paper(task) for task in sorted(known, key=lambda task: order.index(task.code))]


def _paper(task: NeedTask) -> PaperView:
    paper = all_papers()[task.code]
    return PaperView(
        code=task.code,
        title=in_language(paper.title),
        done_on=task.done_on,
        by=task.done_by.get_full_name() if task.done_by else "",
        note=task.note,
        says=paper.says,
    )
