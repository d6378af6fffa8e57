"""The one area rule: a row belongs to a village, a user sees the villages below; the rest is 404.

A doctor who stands in for another reaches, on those days, what the other reaches (`Absence`)."""

from typing import Any, Self

from django.db import models
from django.http import Http404
from django.utils import timezone

from core.accounts.models import User
from core.accounts.roles import DOCTORS
from core.base.sql import one

_REACH = """
    WITH away AS MATERIALIZED (
      SELECT u.id, u.area_id FROM accounts_absence b JOIN accounts_user u ON u.id = b.doctor_id
       WHERE b.deputy_id = %(user)s AND b.period @> %(on)s::date AND %(is_doctor)s
    )
    SELECT ARRAY(SELECT v.id FROM accounts_area v
                  WHERE v.level = 'village'
                    AND v.ancestors && (ARRAY[%(area)s::bigint] || ARRAY(SELECT area_id FROM away))
                  ORDER BY v.id),
           ARRAY(SELECT id FROM away ORDER BY id)
"""


def village_ids(user: Any) -> list[int]:
    """Ids of the villages below the user's area, and below those of whom the user stands in for today."""
    return _reach(user)[0]


def stands_in_for(user: Any) -> list[int]:
    """Ids of the doctors whose deputy the user is today."""
    return _reach(user)[1]


def acts_as(user: Any) -> list[int]:
    """The user's own id, and those of the doctors whose deputy the user is today."""
    return [user.pk, *stands_in_for(user)]


def _reach(user: Any) -> tuple[list[int], list[int]]:
    """Read once per user object (so once per request)."""
    if not hasattr(user, "_reach"):
        asked = {"user": user.pk, "area": user.area_id, "on": timezone.localdate()}
        user._reach = one(_REACH, {**asked, "is_doctor": user.role in DOCTORS})
    found: tuple[list[int], list[int]] = user._reach
    return found


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
