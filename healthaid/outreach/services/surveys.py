"""Surveys: a round is opened and its households drawn, each answers once, the round is closed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from core.base.sql import prepared
from healthaid.outreach.choices import AnsweredBy
from healthaid.outreach.kinds import Edition, edition_of, edition_on
from healthaid.outreach.models import SurveyHome, SurveyRound

AWARENESS = "policy_awareness"
# The same seed puts the households of a village in the same order, whatever their keys in this database.
_DRAW = """
    INSERT INTO outreach_surveyhome (round_id, household_id)
    SELECT %(round)s, x.id
      FROM (SELECT h.id, row_number() OVER (PARTITION BY h.village_id
                                            ORDER BY md5(%(seed)s || h.register_no), h.id) AS place
              FROM households_household h
              JOIN accounts_area v ON v.id = h.village_id
             WHERE v.ancestors @> ARRAY[%(area)s::bigint]
               AND h.left_on IS NULL AND h.standing <> 'removed') x
     WHERE %(per_village)s::int IS NULL OR x.place <= %(per_village)s::int
     ORDER BY x.id
"""


@dataclass(frozen=True)
class SurveyWanted:
    """`per_village` households of each village are drawn by `seed`; without it every household is asked."""

    area: Area
    name: str
    opens_on: date
    due_on: date
    per_village: int | None = None
    seed: str = ""
    code: str = AWARENESS


@transaction.atomic
def open_survey(*, wanted: SurveyWanted, by: User) -> SurveyRound:
    """This will open a round with the edition of its first day and draw its households.

    :raises ValidationError: for days out of order, a name given twice, no edition then, nobody to ask.
    """
    check(by, "hold_survey")
    if by.area_id not in wanted.area.ancestors:
        raise PermissionDenied("hold_survey")
    edition = _edition(wanted)
    made: SurveyRound = SurveyRound.objects.create(
        area=wanted.area,
        code=wanted.code,
        edition=edition.edition,
        name=wanted.name,
        opens_on=wanted.opens_on,
        due_on=wanted.due_on,
        per_village=wanted.per_village,
        seed=wanted.seed if wanted.per_village else "",
        by=by,
    )
    if not draw(made):
        raise ValidationError({"area": _("No household is registered there.")})
    return made


def _edition(wanted: SurveyWanted) -> Edition:
    if wanted.due_on < wanted.opens_on:
        raise ValidationError({"due_on": _("The round ends before it begins.")})
    if SurveyRound.objects.filter(area=wanted.area, name=wanted.name).exists():
        raise ValidationError(
            {"name": _("There is a survey of this name already. Add the year or the month.")}
        )
    edition = edition_on(wanted.code, wanted.opens_on)
    if edition is None:
        raise ValidationError({"opens_on": _("No edition of the questions holds on that day.")})
    return edition


def draw(held: SurveyRound) -> int:
    """This will draw the households of a round that has none yet; how many."""
    asked = {"round": held.pk, "area": held.area_id, "seed": held.seed, "per_village": held.per_village}
    return prepared(_DRAW, asked).rowcount


@transaction.atomic
def record_answers(
    *, home: SurveyHome, answers: dict[str, str], answered_by: AnsweredBy | str, by: User, on: date
) -> SurveyHome:
    """This will keep what a household answered (option by question), and whether it knows the policy.

    Written again while the round is open it takes the place of what stood; history keeps that.

    :raises ValidationError: for a closed round, a day outside it, a question without an answer.
    """
    held, edition = _to_be_asked(home, by, on)
    for question in edition.questions:
        if answers.get(question.code) not in {option.code for option in question.options}:
            raise ValidationError({question.code: _("Choose an answer.")})
    right = edition.right(answers)
    held.answers = {question.code: answers[question.code] for question in edition.questions}
    held.right, held.is_aware = right, len(right) >= edition.passes_at
    held.answered_by, held.why_not = answered_by, ""
    return _kept(held, by, on)


@transaction.atomic
def record_not_asked(*, home: SurveyHome, why_not: str, by: User, on: date) -> SurveyHome:
    """This will keep why nobody of a household could be asked. Its answers may still come.

    :raises ValidationError: for a closed round, a day outside it, a household that has answered.
    """
    held, _edition = _to_be_asked(home, by, on)
    if held.answers is not None:
        raise ValidationError({"why_not": _("This household has answered already.")})
    held.why_not = why_not
    return _kept(held, by, on)


def _to_be_asked(home: SurveyHome, by: User, on: date) -> tuple[SurveyHome, Edition]:
    check(by, "ask_survey")
    found = SurveyHome.objects.select_for_update(of=("self",)).select_related("round", "household")
    held: SurveyHome = found.get(pk=home.pk)
    if held.household.village_id not in village_ids(by):
        raise PermissionDenied("ask_survey")
    if held.round.closed_on is not None:
        raise ValidationError(_("This round is closed. Answers are taken in an open one."))
    if on < held.round.opens_on:
        raise ValidationError({"on": _("The survey had not begun on that day.")})
    edition = edition_of(held.round.code, held.round.edition)
    if edition is None:
        raise ValidationError(_("The questions of this round are not on file any more."))
    return held, edition


def _kept(held: SurveyHome, by: User, on: date) -> SurveyHome:
    held.asked_on, held.asked_by = on, by
    held.save()
    return held


@transaction.atomic
def close_survey(*, held: SurveyRound, by: User, on: date) -> SurveyRound:
    """This will end a round: no further answer is taken, and who was not asked stays in the base."""
    check(by, "hold_survey")
    locked: SurveyRound = SurveyRound.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if by.area_id not in locked.area.ancestors:
        raise PermissionDenied("hold_survey")
    if locked.closed_on is None:
        locked.closed_on = max(on, locked.opens_on)
        locked.save(update_fields=["closed_on"])
    return locked
