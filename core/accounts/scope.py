"""The one area rule: a row belongs to a village, a user sees the villages below; the rest is 404."""

from typing import Any, Self

from django.db import models
from django.http import Http404

from core.accounts.models import Area, Level, User


def village_ids(user: Any) -> list[int]:
    """Ids of the villages below the user's area, read once per user object (so once per request)."""
    if not hasattr(user, "_village_ids"):
        below = Area.objects.filter(level=Level.VILLAGE, ancestors__contains=[user.area_id])
        user._village_ids = list(below.order_by("id").values_list("id", flat=True))
    ids: list[int] = user._village_ids
    return ids


def county_id(user: Any) -> int | None:
    """The one county the user works in; None above county level."""
    return user.area.county_id  # type: ignore[no-any-return]


class ScopedQuerySet(models.QuerySet[Any]):
    """`VILLAGE` on the model is the path to its village, `SENSITIVE` the flag only health staff may see."""

    def visible_to(self, user: User) -> Self:
        found = self.filter(**{f"{self.model.VILLAGE}__in": village_ids(user)})
        sensitive = getattr(self.model, "SENSITIVE", "")
        return found if not sensitive or user.sees_sensitive else found.filter(**{sensitive: False})

    def get_visible(self, user: User, **key: Any) -> Any:
        """The row, or Http404 when it is not there or not the user's to see."""
        found = self.visible_to(user).filter(**key).first()
        if found is None:
            raise Http404
        return found


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
