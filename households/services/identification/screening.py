"""What a round says of each person: found, suspected, or that nothing was found."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.accounts.scope import village_ids
from households.identification_choices import UNDECIDED, How, Result
from households.models import (
    CatalogueEntry,
    Disease,
    IdentificationCase,
    Person,
    Screening,
    ScreeningFinding,
    ScreeningRound,
)
from households.services.identification.cases import take_up


@transaction.atomic
def record_screening(
    *,
    round: ScreeningRound,
    person: Person,
    result: str,
    diseases: Sequence[Disease],
    note: str,
    by: User,
    on: date,
    how: str = How.HOME,
) -> Screening:
    """This will write the result of one person down, or put another in its place.

    For each disease found a case is opened, with the note as its grounds, unless one is on its way or was
    confirmed. Sent twice it changes nothing.

    :raises ValidationError: for a closed round, a day outside it, diseases that do not fit the result, or a
        result that a case on its way rests on.
    """
    _check_round(round, by, on)
    _check_findings(round, result, diseases, note)
    if person.left_on is not None or person.village_id not in village_ids(by):
        raise PermissionDenied("screen_people")
    held = Screening.objects.select_for_update().filter(round=round, person=person).first()
    if held and result != Result.FOUND and held.cases.filter(state__in=UNDECIDED).exists():
        raise ValidationError(
            {"result": _("A case rests on this result. The opinions of the three levels decide it.")}
        )
    screening, _made = Screening.objects.update_or_create(
        round=round, person=person, defaults={"result": result, "how": how, "note": note, "on": on, "by": by}
    )
    _name_diseases(screening, diseases)
    if result == Result.FOUND:
        _open_cases(screening, diseases, by)
    return screening  # type: ignore[no-any-return]


@transaction.atomic
def none_found(
    *, round: ScreeningRound, people: Sequence[Person], by: User, on: date, how: str = How.HOME
) -> int:
    """This will write "none found" for each of the people without a result, one row each, and count them."""
    _check_round(round, by, on)
    reached = set(village_ids(by))
    if any(person.left_on is not None or person.village_id not in reached for person in people):
        raise PermissionDenied("screen_people")
    known = Screening.objects.filter(round=round, person__in=people).values_list("person_id", flat=True)
    done = set(known)
    rows = [
        Screening(
            round=round,
            person=person,
            village_id=person.village_id,
            result=Result.NONE,
            how=how,
            on=on,
            by=by,
        )
        for person in people
        if person.pk not in done
    ]
    Screening.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _check_round(round: ScreeningRound, by: User, on: date) -> None:
    check(by, "screen_people")
    if not by.sees_sensitive:
        raise PermissionDenied("screen_people")
    if round.closed_on is not None:
        raise ValidationError(_("This round is closed. Results are taken in an open one."))
    if on < round.opens_on:
        raise ValidationError({"on": _("The round had not begun on that day.")})


def _check_findings(round: ScreeningRound, result: str, diseases: Sequence[Disease], note: str) -> None:
    if result == Result.NONE and diseases:
        raise ValidationError(
            {"diseases": _("None found: take the diseases away, or choose another result.")}
        )
    if result != Result.NONE and not diseases:
        raise ValidationError({"diseases": _("Choose the disease.")})
    if result != Result.NONE and not note.strip():
        raise ValidationError({"note": _("Write down what shows it: papers, hospital, year.")})
    listed = CatalogueEntry.objects.filter(catalogue=round.catalogue_id, disease__in=diseases)
    if listed.count() != len(set(diseases)):
        raise ValidationError({"diseases": _("Choose from the list of this round.")})


def _name_diseases(screening: Screening, diseases: Sequence[Disease]) -> None:
    screening.findings.exclude(disease__in=diseases).delete()
    known = set(screening.findings.values_list("disease_id", flat=True))
    for disease in diseases:
        if disease.pk not in known:
            ScreeningFinding.objects.create(screening=screening, disease=disease)


def _open_cases(screening: Screening, diseases: Sequence[Disease], by: User) -> None:
    entries = CatalogueEntry.objects.filter(catalogue=screening.round.catalogue_id)
    by_disease = {entry.disease_id: entry for entry in entries}
    known = IdentificationCase.objects.filter(person=screening.person).exclude(state="rejected")
    done = set(known.values_list("disease_id", flat=True))
    for disease in diseases:
        if disease.pk not in done:
            take_up(screening=screening, entry=by_disease[disease.pk], by=by)
