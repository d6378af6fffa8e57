"""The columns of the monthly table, as the office's forms lay them out (DOMAIN B6.1)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Take(StrEnum):
    PART = "part"
    WHOLE = "whole"
    REST = "rest"
    SHARE = "share"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Column:
    """`group` is the heading above; without a code the county keeps no such data here yet."""

    group: Text
    name: Text
    unit: Text
    code: str = ""
    take: Take = Take.NOTHING


HOUSEHOLDS = pgettext_lazy("unit", "households")
PERSONS = pgettext_lazy("unit", "persons")
VISITS = pgettext_lazy("unit", "visits")
CASES = pgettext_lazy("unit", "needs")

_REGISTER = pgettext_lazy("heading", "On the register")
_INSURED = pgettext_lazy("heading", "Insured")
_SIGNED = pgettext_lazy("heading", "Contracts")
_CIRCLE = pgettext_lazy("heading", "15-minute circle")
_EXAM = pgettext_lazy("heading", "Examination")
_NEEDS = pgettext_lazy("heading", "Needs")
_ALL_VISITS = pgettext_lazy("heading", "All visits")
_RATE = pgettext_lazy("column", "rate")

BASICS = (
    Column(_REGISTER, pgettext_lazy("column", "households"), HOUSEHOLDS, "households", Take.WHOLE),
    Column(_REGISTER, pgettext_lazy("column", "persons"), PERSONS, "residents", Take.WHOLE),
    Column(_REGISTER, pgettext_lazy("column", "through illness"), HOUSEHOLDS, "ill_caused", Take.PART),
    Column(_REGISTER, pgettext_lazy("column", "lifted"), HOUSEHOLDS, "lifted", Take.PART),
    Column(_REGISTER, pgettext_lazy("column", "ill"), PERSONS, "ill", Take.PART),
    Column(_INSURED, pgettext_lazy("column", "enrolled"), PERSONS, "insured", Take.PART),
    Column(_INSURED, _RATE, "%", "insured", Take.SHARE),
    Column(_SIGNED, pgettext_lazy("column", "to sign"), PERSONS, "contracted", Take.WHOLE),
    Column(_SIGNED, pgettext_lazy("column", "signed"), PERSONS, "contracted", Take.PART),
    Column(_SIGNED, _RATE, "%", "contracted", Take.SHARE),
    Column(
        _SIGNED, pgettext_lazy("column", "rate without those away"), "%", "contracted_present", Take.SHARE
    ),
    Column(_CIRCLE, pgettext_lazy("column", "within"), PERSONS, "circle", Take.PART),
    Column(_CIRCLE, _RATE, "%", "circle", Take.SHARE),
    Column(_EXAM, pgettext_lazy("column", "examined this year"), PERSONS, "examined", Take.PART),
    Column(_EXAM, _RATE, "%", "examined", Take.SHARE),
    Column(_NEEDS, pgettext_lazy("column", "closed this month"), CASES, "needs_met", Take.WHOLE),
    Column(_NEEDS, pgettext_lazy("column", "open"), CASES, "needs_open", Take.WHOLE),
    Column(_NEEDS, pgettext_lazy("column", "overdue"), CASES, "needs_overdue", Take.PART),
)


def _disease(heading: Text, signed: str, done: str = "", control: str = "") -> tuple[Column, ...]:
    rate = (
        (Column(heading, pgettext_lazy("column", "control rate"), "%", control, Take.SHARE),)
        if control
        else ()
    )
    return (
        Column(heading, pgettext_lazy("column", "to sign"), PERSONS, signed, Take.WHOLE),
        Column(heading, pgettext_lazy("column", "signed"), PERSONS, signed, Take.PART),
        Column(
            heading, pgettext_lazy("column", "visits due"), VISITS, done, Take.WHOLE if done else Take.NOTHING
        ),
        Column(
            heading, pgettext_lazy("column", "visits done"), VISITS, done, Take.PART if done else Take.NOTHING
        ),
        *rate,
    )


CARE = (
    *_disease(
        pgettext_lazy("heading", "Hypertension"), "hypertension_signed", "hypertension_done", "bp_controlled"
    ),
    *_disease(pgettext_lazy("heading", "Diabetes"), "diabetes_signed", "diabetes_done", "glucose_controlled"),
    *_disease(pgettext_lazy("heading", "Tuberculosis"), "tuberculosis_signed"),
    *_disease(pgettext_lazy("heading", "Severe mental disorder"), "mental_signed"),
    Column(_ALL_VISITS, pgettext_lazy("column", "due"), VISITS, "visits_done", Take.WHOLE),
    Column(_ALL_VISITS, pgettext_lazy("column", "done"), VISITS, "visits_done", Take.PART),
    Column(_ALL_VISITS, pgettext_lazy("column", "face to face"), VISITS, "face_to_face", Take.PART),
    Column(_ALL_VISITS, pgettext_lazy("column", "overdue"), VISITS, "visits_overdue", Take.PART),
)

TABLES: tuple[tuple[Text, tuple[Column, ...]], ...] = (
    (_("Table 1: register, coverage, examinations and needs"), BASICS),
    (_("Table 2: contracts and follow-ups of the four chronic diseases"), CARE),
)
CODES = tuple(dict.fromkeys([c.code for _title, table in TABLES for c in table if c.code] + ["unmeasured"]))
