"""What the household list can be narrowed by: declared once, as a form and as a query."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Area, Level
from core.accounts.queries import areas_below
from followups.models import Contract, Duty
from followups.queries.duties import overdue
from households.choices import Cause, HealthClass, HouseholdType, Standing
from households.models import Condition, Disease, Household, Person
from households.queries.search import households_like


class AreaFilter(django_filters.ModelChoiceFilter):
    """A street or a village below the user's own area."""

    def get_queryset(self, request: Any) -> QuerySet[Area]:
        return areas_below(request.user).filter(level__in=[Level.TOWNSHIP, Level.VILLAGE])


class HouseholdFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("Name, pinyin initials or register number"))
    area = AreaFilter(method="below", label=_("Street or village"), empty_label=_("all"))
    standing = django_filters.ChoiceFilter(
        choices=Standing.choices, label=_("Standing"), empty_label=_("all")
    )
    type = django_filters.ChoiceFilter(
        field_name="household_type", choices=HouseholdType.choices, label=_("Type"), empty_label=_("all")
    )
    cause = django_filters.ChoiceFilter(
        field_name="main_cause", choices=Cause.choices, label=_("Main cause"), empty_label=_("all")
    )
    health = django_filters.ChoiceFilter(
        method="with_class", choices=HealthClass.choices, label=_("Health class"), empty_label=_("all")
    )
    disease = django_filters.ModelChoiceFilter(
        method="with_disease", queryset=Disease.objects.none(), label=_("Disease"), empty_label=_("all")
    )
    work = django_filters.ChoiceFilter(
        method="with_work",
        label=_("Work"),
        empty_label=_("all"),
        choices=[("overdue", _("a visit is overdue")), ("uncontracted", _("somebody without a contract"))],
    )
    gone = django_filters.BooleanFilter(
        method="with_gone", label=_("Also households that left"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Household
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Disease.objects.order_by("group", "id")
        user = self.request.user
        self.filters["disease"].extra["queryset"] = (
            known if user.sees_sensitive else known.filter(is_sensitive=False)
        )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("gone") else found.filter(left_on=None)

    def search(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return households_like(found, self.request.user, value)

    def below(self, found: QuerySet[Any], _name: str, area: Area) -> QuerySet[Any]:
        below = Area.objects.filter(level=Level.VILLAGE, ancestors__contains=[area.pk])
        return found.filter(village__in=list(below.values_list("pk", flat=True)))

    def with_class(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(Exists(_present().filter(health_class=value)))

    def with_disease(self, found: QuerySet[Any], _name: str, disease: Disease) -> QuerySet[Any]:
        ill = Condition.objects.visible_to(self.request.user).filter(
            disease=disease, ended_on=None, person__household=OuterRef("pk")
        )
        return found.filter(Exists(ill))

    def with_work(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        on = timezone.localdate()
        if value == "overdue":
            late = Duty.objects.visible_to(self.request.user).filter(overdue(on), household=OuterRef("pk"))
            return found.filter(Exists(late))
        current = Contract.objects.filter(person=OuterRef("pk"), state="signed", period__contains=on)
        return found.filter(Exists(_present().filter(~Exists(current))))

    def with_gone(self, found: QuerySet[Any], _name: str, _value: bool) -> QuerySet[Any]:
        return found


def _present() -> QuerySet[Any]:
    return Person.objects.filter(household=OuterRef("pk"), left_on=None)
