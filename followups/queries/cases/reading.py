"""Cases as lists and as one page: by stage and town, mine, to sign, to approve."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from core.accounts.models import User
from core.accounts.roles import OFFICERS
from followups.case_choices import ClosingState, Stage
from followups.models import (
    CarePlan,
    CaseAssignment,
    CaseClosing,
    CaseStep,
    MajorCase,
    PlanSignature,
    Treatment,
)
from households.models import Condition, Person

OPEN = ~Q(stage=Stage.CLOSED)


def cases(user: User, on: date) -> QuerySet[Any]:
    """Cases of the user's area with what a line tells; those longest where they stand first."""
    found: QuerySet[Any] = MajorCase.objects.visible_to(user)
    return with_lines(found, on).order_by("updated_at", "id")


def with_lines(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Beside the case: person, place, the three doctors of the day, the plans and a pending closing."""
    charges = CaseAssignment.objects.filter(period__contains=on).select_related("practitioner__institution")
    plans = CarePlan.objects.order_by("-version").prefetch_related("signatures")
    pending = CaseClosing.objects.filter(state=ClosingState.PENDING).select_related("requested_by")
    return found.select_related("person", "village__parent", "disease").prefetch_related(
        Prefetch("person__case_doctors", queryset=charges, to_attr="doctors_now"),
        Prefetch("plans", queryset=plans, to_attr="plans_newest_first"),
        Prefetch("closings", queryset=pending, to_attr="pending"),
        "steps",
    )


def narrowed(found: QuerySet[Any], *, town: int | None = None, listed: str = "") -> QuerySet[Any]:
    """The id of a township and a published list ("11", "30") cut the list."""
    found = found.filter(village__parent_id=town) if town else found
    return found.filter(disease__catalogues__contains=[listed]) if listed else found


def case_counts(found: QuerySet[Any]) -> dict[str, int]:
    """How many cases stand at each step; every step is named."""
    counted = dict(found.order_by().values_list("stage").annotate(n=Count("id")))
    return {stage: counted.get(stage, 0) for stage in Stage.values}


def mine(user: User, on: date) -> Q:
    """Open cases of persons the user is one of the three doctors of."""
    return OPEN & Q(Exists(_charges(user, on)))


def to_sign(user: User, on: date) -> Q:
    """Cases whose newest plan is not in force and lacks the user's own signature."""
    newer = CarePlan.objects.filter(case=OuterRef("case"), version__gt=OuterRef("version"))
    signed = PlanSignature.objects.filter(plan=OuterRef("pk"), level=OuterRef("held_level"))
    waiting = (
        CarePlan.objects.filter(case=OuterRef("pk"), effective_on=None)
        .filter(
            case__person__case_doctors__practitioner__user=user,
            case__person__case_doctors__period__contains=on,
        )
        .annotate(held_level=F("case__person__case_doctors__level"))
        .filter(~Exists(newer), ~Exists(signed))
    )
    return OPEN & Q(Exists(waiting))


def to_approve(user: User) -> Q:
    """Cases whose closing the user may decide; empty for whoever decides none, or asked himself."""
    if user.role not in OFFICERS or user.sector != "health":
        return Q(pk=None)
    pending = CaseClosing.objects.filter(case=OuterRef("pk"), state=ClosingState.PENDING)
    asked = pending.filter(Q(requested_by=None) | ~Q(requested_by=user))
    return Q(Exists(asked))


def _charges(user: User, on: date) -> QuerySet[Any]:
    charges: QuerySet[Any] = CaseAssignment.objects.filter(
        person=OuterRef("person"), practitioner__user=user, period__contains=on
    )
    return charges


def get_case(user: User, uuid: UUID, on: date) -> MajorCase:
    """One case with everything its page tells.

    :raises Http404: outside the user's area, or not for the user to know.
    """
    plans = CarePlan.objects.select_related("hospital", "made_by").order_by("-version")
    signatures = PlanSignature.objects.select_related("practitioner").order_by("id")
    found: QuerySet[Any] = MajorCase.objects.select_related(
        "person__household", "village__parent", "disease", "condition", "previous", "next"
    ).prefetch_related(
        Prefetch("steps", queryset=CaseStep.objects.select_related("by").order_by("id")),
        Prefetch("plans", queryset=plans.prefetch_related(Prefetch("signatures", queryset=signatures))),
        Prefetch(
            "treatments",
            queryset=Treatment.objects.select_related("hospital", "by").order_by("-on", "-id"),
        ),
        Prefetch(
            "closings",
            queryset=CaseClosing.objects.select_related("requested_by", "decided_by").order_by("-id"),
        ),
    )
    case: MajorCase = found.get_visible(user, uuid=uuid)  # type: ignore[attr-defined]
    return case


def cases_of_person(user: User, person: Person) -> list[MajorCase]:
    """A person's cases that the user may know, the newest first."""
    found: QuerySet[Any] = MajorCase.objects.visible_to(user).filter(person=person)
    return list(found.select_related("disease").order_by("-registered_on", "-id"))


def conditions_without_case(user: User, person: Person) -> QuerySet[Any]:
    """The person's diseases of the published lists for which no case was ever opened."""
    opened = MajorCase.objects.filter(person=OuterRef("person"), disease=OuterRef("disease"))
    found: QuerySet[Any] = Condition.objects.visible_to(user).filter(
        ~Exists(opened), person=person, ended_on=None, disease__catalogues__len__gt=0
    )
    return found.select_related("disease")
