"""Who tries to break what the database promises about lists, screening, the six opinions and the letters."""

from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import Absence
from households.models import (
    Catalogue,
    CatalogueEntry,
    IdentificationCase,
    IdentificationLetter,
    LetterLine,
    Opinion,
    Screening,
    ScreeningFinding,
    ScreeningRound,
)
from tests.factories.identification import (
    FIRST,
    a_list,
    a_round,
    an_identification,
    an_opinion,
    carry,
    say,
)
from tests.factories.registry import a_condition, a_disease, a_household, a_person


def _twice(make: Any) -> None:
    make()
    make()


def _entry(w: Any, **more: Any) -> CatalogueEntry:
    listed = Catalogue.objects.first() or a_list("stroke")
    fields = {"catalogue": listed, "disease": a_disease("copd"), "position": 9, "name": "x", **more}
    return CatalogueEntry.objects.create(**fields)


def _round(w: Any, **more: Any) -> ScreeningRound:
    return a_round(w.county.county, w.cast.county, **more)


def _screened(w: Any, result: str = "found", **more: Any) -> Screening:
    held = ScreeningRound.objects.first() or _round(w)
    fields = {"round": held, "person": w.person, "result": result, "on": FIRST, "by": w.cast.doctor, **more}
    return Screening.objects.create(**fields)


def _case(w: Any, **more: Any) -> IdentificationCase:
    return an_identification(w.county, w.cast, w.person, **more)


def _deputised(w: Any) -> None:
    """The village's doctor speaks there, and then as deputy of nobody at the township."""
    case = carry(_case(w), w.cast, 2)
    w.cast.doctor.role, w.cast.doctor.area = "township_staff", w.county.dongping
    w.cast.doctor.save()
    an_opinion(case, w.cast.doctor)


def _two_sides(w: Any) -> None:
    case = _case(w)
    say(case, w.cast.doctor)
    w.cast.doctor.role, w.cast.doctor.sector = "village_clerk", "administration"
    w.cast.doctor.save()
    an_opinion(case, w.cast.doctor)


def _other_village(w: Any) -> None:
    case = an_identification(w.county, w.cast, a_person(a_household(w.county.shunjiang)))
    an_opinion(case, w.cast.doctor)


def _late_deputy(w: Any) -> None:
    period = DateRange(FIRST + timedelta(days=5), FIRST + timedelta(days=9))
    Absence.objects.create(
        doctor=w.cast.doctor, deputy=w.cast.colleague, period=period, reason="leave", by=w.cast.doctor
    )
    an_opinion(_case(w), w.cast.colleague)


def _letter(w: Any, **more: Any) -> IdentificationLetter:
    fields = {"area": w.county.lianhe, "addressee": "committee", "year": 2026, "number": 1, "dated": FIRST}
    return IdentificationLetter.objects.create(**{**fields, "written_by": w.cast.doctor, **more})


def _line(w: Any, letter: IdentificationLetter | None = None, case: Any = None) -> LetterLine:
    told = {"letter": letter or _letter(w), "case": case or _case(w), "level": "village", "state": "open"}
    return LetterLine.objects.create(**told)


def _lines_twice(w: Any) -> None:
    letter, case = _letter(w), _case(w)
    _twice(lambda: _line(w, letter, case))


def _update(row: Any, **fields: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


IDENTIFICATION_BREAKERS: dict[str, Any] = {
    "catalogue_ends_after_start": lambda w: _update(a_list(), valid_to=FIRST.replace(year=2015)),
    "one_edition_of_a_list_at_a_time": lambda w: _twice(lambda: a_list("stroke", code="30")),
    "one_entry_per_number_of_a_list": lambda w: (a_list("stroke"), _entry(w, position=1)),
    "one_entry_per_disease_of_a_list": lambda w: (a_list("stroke"), _entry(w, disease=a_disease("stroke"))),
    "entry_has_a_name": lambda w: _entry(w, name=""),
    "one_round_per_name_and_area": lambda w: _twice(lambda: _round(w, name="春季")),
    "round_due_after_it_opens": lambda w: _round(w, due_on=FIRST - timedelta(days=1)),
    "round_closes_after_it_opens": lambda w: _round(w, closed_on=FIRST - timedelta(days=1)),
    "round_has_grounds": lambda w: _round(w, grounds=""),
    "one_result_per_round_and_person": lambda w: _twice(lambda: _screened(w)),
    "one_finding_per_screening_and_disease": lambda w: (
        s := _screened(w),
        _twice(lambda: ScreeningFinding.objects.create(screening=s, disease=a_disease("stroke"))),
    ),
    "nothing_found_names_nothing": lambda w: ScreeningFinding.objects.create(
        screening=_screened(w, "none"), disease=a_disease("stroke")
    ),
    "one_undecided_case_per_disease": lambda w: _twice(lambda: _case(w)),
    "identification_has_grounds": lambda w: _update(_case(w), grounds=""),
    "confirmed_case_has_its_condition": lambda w: an_opinion(
        carry(_case(w), w.cast, 5), w.cast.county_administration
    ),
    "decided_case_says_when": lambda w: IdentificationCase.objects.create(
        person=w.person,
        disease=a_disease("stroke"),
        grounds="x",
        opened_on=FIRST,
        ended_on=FIRST,
        opened_by=w.cast.doctor,
        village=w.person.village,
        county=w.person.county,
    ),
    "cause_has_its_reason": lambda w: _update(_case(w), cause_from=FIRST),
    "case_begins_at_the_village": lambda w: _case(w, level="county"),
    "entry_names_the_disease": lambda w: _case(w, entry=_entry(w)),
    "screening_is_the_persons": lambda w: _case(w, screening=_screened(w, "none")),
    "condition_is_the_persons": lambda w: _update(_case(w), condition=a_condition(w.person, "copd")),
    "case_moves_by_opinions": lambda w: _update(_case(w), level="county"),
    "opinion_is_asked_for": lambda w: an_opinion(_case(w), w.cast.township, level="township"),
    "opinions_lie_in_order": lambda w: an_opinion(_case(w), w.cast.doctor, on=FIRST - timedelta(days=1)),
    "opinion_is_given_by_its_own_side": _other_village,
    "one_opinion_per_side_and_turn": lambda w: (
        case := _case(w),
        _twice(lambda: an_opinion(case, w.cast.doctor)),
    ),
    "nobody_speaks_for_two_sides": _two_sides,
    "nobody_speaks_at_two_levels": _deputised,
    "opinion_has_grounds": lambda w: an_opinion(_case(w), w.cast.doctor, grounds=""),
    "one_letter_per_number": lambda w: _twice(lambda: _letter(w)),
    "letter_lies_in_its_year": lambda w: _letter(w, year=2025),
    "receipt_says_who_and_when": lambda w: _letter(w, received_on=FIRST),
    "one_line_per_letter_and_case": _lines_twice,
    "letter_keeps_secrets": lambda w: _line(w, case=_case(w, disease="tuberculosis")),
}
MORE_OPINIONS: dict[str, Any] = {
    "for another side": lambda w: an_opinion(_case(w), w.cast.doctor, side="administration"),
    "as the clerk of a hospital": lambda w: an_opinion(_case(w), w.cast.clerk),
    "as the street's officer in the village": lambda w: an_opinion(_case(w), w.cast.township),
    "as deputy before the absence": _late_deputy,
}
"""Opinions that the database refuses for the same reason: not given by its own side."""
NEVER_TAKEN_BACK: dict[str, Any] = {
    "opinion": lambda w: Opinion.objects.filter(pk=an_opinion(_case(w), w.cast.doctor).pk).update(
        agrees=False
    ),
    "opinion thrown away": lambda w: an_opinion(_case(w), w.cast.doctor).delete(),
    "line of a letter": lambda w: _update(_line(w), state="confirmed"),
    "letter thrown away": lambda w: _letter(w).delete(),
    "letter's number": lambda w: _update(_letter(w), number=9),
    "entry of a list": lambda w: _update(_entry(w), name="y"),
    "whose case it is": lambda w: _update(_case(w), person=a_person(a_household(w.county.lianhe))),
}
