"""Who does not agree to be managed: registered all the same, and asked again each year."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from core.accounts.models import Area, User
from followups.models import Visit
from followups.protocols.library import consent_forms
from households.models import Condition


def declined(user: User, *, village: Area | None = None) -> QuerySet[Any]:
    """Conditions that are not managed because consent was refused, the longest since somebody asked first.

    Each row has `asked_on`, the day of the newest refusal, and `told_by`, who signed it; None where it was
    not recorded on its form. Nobody outside health sees any.
    """
    forms = consent_forms()
    said = Visit.objects.filter(person=OuterRef("person"), protocol__in=list(forms.values()), is_current=True)
    newest = said.order_by("-visited_on", "-received_at")
    found: Any = Condition.objects.visible_to(user)
    people: QuerySet[Any] = (
        found.filter(disease__code__in=list(forms), is_managed=False, ended_on=None)
        .filter(person__left_on=None, person__household__left_on=None)
        .annotate(
            asked_on=Subquery(newest.values("visited_on")[:1]),
            told_by=Subquery(newest.values("answers__consent_signed_by")[:1]),
        )
        .select_related("person__household__village", "disease")
        .order_by("asked_on", "pk")
    )
    return people.filter(village=village) if village else people
