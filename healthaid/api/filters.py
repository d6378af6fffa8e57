"""What lists can be narrowed by. A filter is declared once: it checks, describes itself, names its SQL."""

from typing import Any

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from followups.case_choices import Stage, TreatmentStatus
from followups.choices import DutyState, Mode
from followups.protocols.classes import class_codes
from followups.protocols.library import editions
from households.choices import HealthClass, Standing

AREA_CODE = RegexValidator(r"^\d{2,12}$", _("An area code has 2 to 12 digits."))
TODAY = "on_day"
VILLAGE = (
    "t.village_id = (SELECT a.id FROM accounts_area a WHERE a.code = %(village)s AND a.valid_to IS NULL)"
)
TOWNSHIP = """t.village_id = ANY(ARRAY(SELECT a.id FROM accounts_area u
    JOIN accounts_area a ON a.ancestors @> ARRAY[u.id] WHERE u.code = %(township)s AND u.valid_to IS NULL))"""
PARENT = "t.parent_id = (SELECT a.id FROM accounts_area a WHERE a.code = %(parent)s AND a.valid_to IS NULL)"
OVERDUE = f"(t.state = '{DutyState.OPEN}' AND t.ends_on < %({TODAY})s)"


class _Where:
    """A filter that says its condition in SQL; the value only ever travels as a parameter."""

    def __init__(self, *args: Any, sql: str, false_sql: str = "", **more: Any) -> None:
        self.sql, self.false_sql = sql, false_sql
        super().__init__(*args, **more)

    def condition(self, value: Any) -> str:
        return self.false_sql if value == "false" else self.sql


class TextWhere(_Where, django_filters.CharFilter):
    pass


class ChoiceWhere(_Where, django_filters.ChoiceFilter):
    pass


class DateWhere(_Where, django_filters.DateFilter):
    pass


class UuidWhere(_Where, django_filters.UUIDFilter):
    pass


def flag(help_text: Any, sql: str) -> ChoiceWhere:
    choices = [("true", "true"), ("false", "false")]
    return ChoiceWhere(choices=choices, sql=sql, false_sql=f"NOT {sql}", help_text=help_text)


def one_of(choices: Any, column: str, help_text: Any) -> ChoiceWhere:
    return ChoiceWhere(choices=choices, sql=f"t.{column} = %({column})s", help_text=help_text)


def protocol_choices() -> list[tuple[str, str]]:
    return sorted({(edition.code, edition.title.en) for edition in editions()})


def class_choices() -> list[tuple[str, str]]:
    return [(code, code) for code in class_codes()]


class Narrowed(django_filters.FilterSet):
    """The base of all: no queryset is touched; `conditions` gives SQL and parameters."""

    class Meta:
        form = forms.Form

    def conditions(self) -> tuple[dict[str, str], dict[str, Any]]:
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        return {name: self.filters[name].condition(value) for name, value in given.items()}, given


def village_filter() -> TextWhere:
    return TextWhere(sql=VILLAGE, validators=[AREA_CODE], help_text=_("Code of a village"))


def township_filter() -> TextWhere:
    return TextWhere(sql=TOWNSHIP, validators=[AREA_CODE], help_text=_("Code of a township or street"))


PERSON = "t.person_id = (SELECT p.id FROM households_person p WHERE p.uuid = %(person)s)"
HOUSEHOLD = "t.household_id = (SELECT h.id FROM households_household h WHERE h.uuid = %(household)s)"


def hospital_filter(name: str, words: Any) -> TextWhere:
    """Rows whose hospital, named `name` in the address and with `_id` in the table, has this code."""
    sql = f"t.{name}_id = (SELECT i.id FROM clinics_institution i WHERE i.code = %({name})s)"  # noqa: S608 - a name of ours
    return TextWhere(sql=sql, max_length=22, help_text=words)


class HouseholdFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    standing = one_of(Standing.choices, "standing", _("Where the household stands in the programme"))
    register_no = TextWhere(
        sql="t.register_no = %(register_no)s", max_length=24, help_text=_("Register number")
    )
    present = flag(_("true: without households that left"), "(t.left_on IS NULL)")


class PersonFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    health_class = one_of(HealthClass.choices, "health_class", _("Class of the health record"))
    present = flag(_("true: without persons who died or left"), "(t.left_on IS NULL)")


class VisitFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    protocol = ChoiceWhere(choices=protocol_choices, sql="t.protocol = %(protocol)s", help_text=_("Form"))
    mode = one_of(Mode.choices, "mode", _("How the visit took place"))
    visit_class = ChoiceWhere(
        choices=class_choices,
        sql="t.visit_class = %(visit_class)s",
        help_text=_("Class as coded on its own form; give the form as well"),
    )
    visited_from = DateWhere(sql="t.visited_on >= %(visited_from)s", help_text=_("First day, yyyy-mm-dd"))
    visited_to = DateWhere(sql="t.visited_on <= %(visited_to)s", help_text=_("Last day, yyyy-mm-dd"))
    current = flag(_("true: without versions that were amended"), "t.is_current")


class DutyFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    household = UuidWhere(sql=HOUSEHOLD, help_text=_("Id of a household"))
    protocol = ChoiceWhere(choices=protocol_choices, sql="t.protocol = %(protocol)s", help_text=_("Form"))
    state = one_of(DutyState.choices, "state", _("What became of it"))
    overdue = flag(_("true: open and past its last day"), OVERDUE)
    due_from = DateWhere(sql="t.due_on >= %(due_from)s", help_text=_("First due day, yyyy-mm-dd"))
    due_to = DateWhere(sql="t.due_on <= %(due_to)s", help_text=_("Last due day, yyyy-mm-dd"))


class CaseFilters(Narrowed):
    village = village_filter()
    township = township_filter()
    person = UuidWhere(sql=PERSON, help_text=_("Id of a person"))
    stage = one_of(Stage.choices, "stage", _("The newest of the five steps"))
    treatment = one_of(TreatmentStatus.choices, "treatment", _("How the treatment stands"))
    disease = TextWhere(
        sql="t.disease_id = (SELECT d.id FROM households_disease d WHERE d.code = %(disease)s)",
        max_length=40,
        help_text=_("Code of a disease"),
    )
    registered_from = DateWhere(
        sql="t.registered_on >= %(registered_from)s", help_text=_("First day, yyyy-mm-dd")
    )
    registered_to = DateWhere(sql="t.registered_on <= %(registered_to)s", help_text=_("Last day, yyyy-mm-dd"))


class AreaFilters(Narrowed):
    level = ChoiceWhere(
        choices=[(code, code) for code in ("county", "township", "village")],
        sql="t.level = %(level)s",
        help_text=_("Level of the area"),
    )
    parent = TextWhere(
        sql=PARENT,
        validators=[AREA_CODE],
        help_text=_("Code of the area one level up"),
    )
    present = flag(_("true: without areas that no longer exist"), "(t.valid_to IS NULL)")
