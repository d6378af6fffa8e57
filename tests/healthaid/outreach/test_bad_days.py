"""A day that cannot be meant is refused beside its field, in the reader's language, and stays as it was typed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.ground import an_institution
from tests.factories.outreach import a_meeting

LONG_AGO, FAR_AHEAD = "0206-03-01", "2062-03-01"
TOO_EARLY, TOO_LATE = "2015年以前没有记录", "这一天在五年以后"
TO_COME = "这一天还没到"


def _meeting_new(county: Any, cast: Any) -> str:
    return reverse("outreach:meeting_new")


def _meeting(county: Any, cast: Any) -> str:
    return reverse("outreach:meeting", args=[a_meeting(county.county, cast.county).pk])


def _activity_new(county: Any, cast: Any) -> str:
    return reverse("outreach:activity_new")


def _event_new(county: Any, cast: Any) -> str:
    return reverse("outreach:event_new")


def _rebuild(county: Any, cast: Any) -> str:
    return reverse("outreach:clinic_rebuild", args=[an_institution(county.lianhe).pk])


def _tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("address", "field", "typed", "said"),
    [
        (_meeting_new, "held_on", LONG_AGO, TOO_EARLY),
        (_meeting_new, "held_on", FAR_AHEAD, TOO_LATE),
        (_meeting_new, "held_on", "2026-13-45", "请按2026-08-15的格式填写日期"),
        (_meeting, "due_on", FAR_AHEAD, TOO_LATE),
        (_activity_new, "held_on", LONG_AGO, TOO_EARLY),
        (_event_new, "held_on", LONG_AGO, TOO_EARLY),
        (_rebuild, "began_on", LONG_AGO, TOO_EARLY),
        (_rebuild, "accepted_on", "", ""),
        (_rebuild, "accepted_on", _tomorrow(), TO_COME),
    ],
)
def test_a_day_that_cannot_be_meant(
    address: Callable[[Any, Any], str],
    field: str,
    typed: str,
    said: str,
    county: Any,
    cast: Any,
    signed_in: Any,
) -> None:
    answer = signed_in(cast.county).post(address(county, cast), {field: typed})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert said in " ".join(form.errors.get(field, []))
    assert form[field].value() == typed
    if said:
        assert f'value="{typed}"' in answer.content.decode()


def test_this_year_and_the_next_are_near_enough(county, cast, signed_in):
    due = date(timezone.localdate().year + 1, 12, 31).isoformat()
    answer = signed_in(cast.county).post(_meeting(county, cast), {"due_on": due})
    assert "due_on" not in answer.context["form"].errors
