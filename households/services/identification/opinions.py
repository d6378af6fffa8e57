"""The six opinions: each given once, by one's own person; the last one makes it so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.states import MoveRefused
from households.choices import Cause
from households.identification_choices import CaseLevel, CaseState
from households.models import Condition, Household, IdentificationCase, Opinion
from households.models.triggers import EFFECTIVE_ON
from households.queries.identification.standing import is_asked
from households.services.records.classes import classify


@dataclass(frozen=True)
class CauseDecision:
    """That illness is the household's main cause of poverty, from which day, and why."""

    since: date
    reason: str


@dataclass
class Given:
    """What became of a bulk of opinions: how many were given, and the cases that had moved on meanwhile."""

    done: int = 0
    moved_on: list[IdentificationCase] = field(default_factory=list)


@transaction.atomic
def give_opinion(
    *,
    case: IdentificationCase,
    agrees: bool,
    grounds: str,
    by: User,
    on: date,
    cause: CauseDecision | None = None,
) -> IdentificationCase:
    """This will give the opinion of the actor's side where the case stands; the database moves the case.

    The second agreement of the county confirms it: the person's condition is there from then on, the health
    class follows it at once, and the main cause of the household where the county so decides (`cause`, of
    either of its two opinions).

    :raises MoveRefused: where the case has moved since it was looked at, or does not wait for this actor.
    :raises ValidationError: for an opinion without grounds, or dated before the case came here.
    """
    check(by, "give_opinion")
    if not grounds.strip():
        raise ValidationError({"grounds": _("Write down what the opinion rests on.")})
    held: IdentificationCase = IdentificationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if (held.level, held.state, held.turn) != (case.level, case.state, case.turn) or not is_asked(by, held):
        raise MoveRefused("identification", held.state, held.level)
    if on < held.moved_on:
        raise ValidationError({"on": _("The case had not come here on that day.")})
    if cause and agrees:
        _keep_cause(held, cause, by)
    if agrees and _is_last(held):
        held.condition = _condition_of(held, on)
        held.save(update_fields=["condition"])
    Opinion.objects.create(
        case=held,
        level=held.level,
        side=by.sector,
        turn=held.turn,
        agrees=agrees,
        grounds=grounds,
        on=on,
        by=by,
    )
    held.refresh_from_db()
    if held.state == CaseState.CONFIRMED:
        classify(on=on, county_ids=[held.county_id], person_ids=[held.person_id])
        _set_main_cause(held)
    return held


@transaction.atomic
def give_opinions(
    *, cases: Sequence[IdentificationCase], agrees: bool, grounds: str, by: User, on: date
) -> Given:
    """This will give the same opinion on several cases, each recorded by itself; one that has moved on since
    it was looked at is left as it is."""
    given = Given()
    for case in cases:
        try:
            with transaction.atomic():
                give_opinion(case=case, agrees=agrees, grounds=grounds, by=by, on=on)
            given.done += 1
        except MoveRefused:
            given.moved_on.append(case)
    return given


@transaction.atomic
def decide_cause(*, case: IdentificationCase, since: date, reason: str, by: User) -> IdentificationCase:
    """This will make illness the main cause of poverty of a confirmed case's household, from a day on.

    :raises MoveRefused: where the case is not confirmed.
    """
    check(by, "decide_cause")
    held: IdentificationCase = IdentificationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if held.county_id != by.area_id:
        raise PermissionDenied("decide_cause")
    if held.state != CaseState.CONFIRMED:
        raise MoveRefused("identification", held.state, CaseState.CONFIRMED)
    _keep_cause(held, CauseDecision(since, reason), by)
    _set_main_cause(held)
    return held


def _keep_cause(case: IdentificationCase, cause: CauseDecision, by: User) -> None:
    check(by, "decide_cause")
    if not cause.reason.strip():
        raise ValidationError({"cause_reason": _("Write down why illness is the main cause.")})
    case.cause_from, case.cause_reason, case.cause_by = cause.since, cause.reason, by
    case.save(update_fields=["cause_from", "cause_reason", "cause_by"])


def _is_last(case: IdentificationCase) -> bool:
    given = case.opinions.filter(level=CaseLevel.COUNTY, turn=case.turn, agrees=True)
    return case.level == CaseLevel.COUNTY and given.exists()


def _condition_of(case: IdentificationCase, on: date) -> Condition:
    """The person's open condition of the disease; where there is none it begins with the confirmation."""
    known: Condition | None = Condition.objects.filter(
        person=case.person_id, disease=case.disease_id, ended_on=None
    ).first()
    made: Condition = known or Condition.objects.create(
        person_id=case.person_id,
        village_id=case.village_id,
        disease_id=case.disease_id,
        confirmed_on=on,
        confirmed_at=case.county.name,
    )
    return made


def _set_main_cause(case: IdentificationCase) -> None:
    """The cause so far becomes one of the two others; the dated causes follow from that day."""
    home: Household = Household.objects.select_for_update().get(members=case.person_id)
    if home.main_cause == Cause.ILLNESS or case.cause_from is None:
        return
    others = [home.main_cause, *home.other_causes]
    home.other_causes = [cause for cause in others if cause and cause != Cause.ILLNESS][:2]
    home.main_cause = Cause.ILLNESS
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, TRUE)", [EFFECTIVE_ON, case.cause_from.isoformat()])
        home.save(update_fields=["main_cause", "other_causes"])
        cursor.execute("SELECT set_config(%s, '', TRUE)", [EFFECTIVE_ON])
