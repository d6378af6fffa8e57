"""What units have pledged for a year, what they have reached, and what that scores."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from healthaid.reports.indicators import Figure
from healthaid.reports.models import Direction, Pledge, PledgeTarget
from healthaid.reports.queries.pledges import groups_of, judge, pledges, ranked, scored, targets_for
from tests.factories.ground import an_institution
from tests.factories.pledges import YEAR, a_pledge, a_target
from tests.factories.registry import a_household, a_person

ON = date(2026, 11, 20)


def _judged(target, part, whole):
    return judge(target, {target.indicator: Figure(part, whole)})


@pytest.fixture
def pledge(county, cast):
    return a_pledge(county.lianhe, cast.county)


def test_a_share_below_its_target_earns_points_in_proportion(pledge):
    judged = _judged(a_target(pledge, "contracted", value=100, weight=20), 60, 100)
    assert (judged.reached, judged.points) == (Decimal("60.0"), Decimal(12))


def test_more_than_the_target_earns_no_more_than_its_points(pledge):
    assert _judged(a_target(pledge, "contracted", value=50, weight=20), 60, 100).points == 20


def test_a_figure_that_is_to_stay_low_loses_points_above_its_target(pledge):
    target = a_target(pledge, "visits_overdue", value=5, weight=10, direction=Direction.AT_MOST)
    assert _judged(target, 4, 100).points == 10
    assert _judged(target, 10, 100).points == 5


def test_a_share_of_nothing_is_neither_won_nor_lost(county, cast, pledge):
    a_target(pledge, "contracted", weight=10)
    a_target(pledge, "households", value=1, weight=10)
    a_household(county.lianhe)
    (found,) = scored(cast.county, [pledge], today=ON)
    assert [one.points for one in found.judged] == [None, Decimal(10)]
    assert (found.possible, found.score) == (10, Decimal("100.0"))


def test_a_pledge_of_which_nothing_can_be_counted_has_no_score_and_no_rank(cast, county, pledge):
    a_target(pledge, "contracted")
    other = a_pledge(county.shunjiang, cast.county)
    a_target(other, "households", value=1)
    a_household(county.shunjiang)
    order = ranked(scored(cast.county, pledges(cast.county, YEAR), today=ON))
    assert [(rank, one.pledge) for rank, one in order] == [(1, other), (None, pledge)]


def test_like_is_compared_with_like(county, cast, pledge):
    street, clinic = a_pledge(county.dongping, cast.county), an_institution(county.lianhe)
    own = a_pledge(county.lianhe, cast.county, institution=clinic)
    groups = groups_of(scored(cast.county, pledges(cast.county, YEAR), today=ON))
    assert [[one.pledge for one in group] for group in groups] == [[street], [pledge], [own]]


def test_the_figure_of_a_township_is_that_of_its_villages_together(county, cast):
    whole = a_pledge(county.dongping, cast.county)
    a_target(whole, "households", value=4)
    for village in (county.lianhe, county.shunjiang, county.qingshui):
        a_household(village)
    (found,) = scored(cast.county, [whole], today=ON)
    assert (found.judged[0].reached, found.score) == (Decimal(2), Decimal("50.0"))


def test_the_number_of_statements_does_not_grow_with_the_pledges(county, cast, django_assert_num_queries):
    for village in (county.lianhe, county.shunjiang, county.qingshui):
        a_person(a_household(village))
        a_target(a_pledge(village, cast.county), "contracted")
    listed = list(pledges(cast.county, YEAR))
    with django_assert_num_queries(3):
        assert len(scored(cast.county, listed, today=ON)) == 3


def test_a_village_without_a_pledge_is_held_to_the_nearest_above_for_shares_only(county, cast):
    above, near = a_pledge(county.county, cast.county), a_pledge(county.dongping, cast.county)
    a_target(above, "contracted", value=95)
    a_target(above, "insured", value=100)
    a_target(near, "contracted", value=98)
    a_target(near, "households", value=300)
    assert targets_for(county.lianhe, YEAR) == {"contracted": Decimal(98), "insured": Decimal(100)}
    assert targets_for(county.dongping, YEAR)["households"] == 300


def test_another_year_and_the_pledge_of_an_institution_are_no_targets_of_the_area(county, cast, pledge):
    a_target(pledge, "contracted")
    assert targets_for(county.lianhe, YEAR - 1) == {}


def test_pledges_outside_the_area_are_not_listed(county, cast, pledge):
    a_pledge(county.qingshui, cast.county)
    a_pledge(county.far, cast.county)
    assert list(pledges(cast.township, YEAR)) == [pledge]


def _typed(county, **more):
    return {
        "area": county.lianhe.pk,
        "year": "2026",
        "signer": "张书记",
        "signed_with": "东坪街道",
        "signed_on": "2026-01-18",
        "indicator_1": "contracted",
        "value_1": "100",
        "weight_1": "30",
        **more,
    }


def test_what_was_signed_is_written_down_on_the_page(county, cast, signed_in):
    answer = signed_in(cast.township).post(reverse("reports:pledge_new"), _typed(county))
    pledge = Pledge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("reports:pledge", args=[pledge.pk]))
    assert [(one.indicator, one.value, one.weight) for one in pledge.targets.all()] == [
        ("contracted", Decimal(100), 30)
    ]


def test_a_figure_that_is_to_stay_low_is_kept_as_at_most(county, cast, signed_in):
    typed = _typed(county, indicator_1="visits_overdue", value_1="5")
    signed_in(cast.township).post(reverse("reports:pledge_new"), typed)
    assert PledgeTarget.objects.get().direction == Direction.AT_MOST


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value_1": ""}, "value_1"),
        ({"indicator_1": ""}, "indicator_1"),
        ({"value_1": "120"}, "value_1"),
        ({"indicator_2": "contracted", "value_2": "90"}, "indicator_2"),
        ({"area": ""}, "area"),
        ({"signed_on": "2126-01-01"}, "signed_on"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(county, cast, signed_in, wrong, field):
    answer = signed_in(cast.township).post(reverse("reports:pledge_new"), _typed(county, **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "张书记" in answer.content.decode()


def test_a_second_pledge_of_the_year_is_refused_beside_the_year(county, cast, signed_in, pledge):
    answer = signed_in(cast.township).post(reverse("reports:pledge_new"), _typed(county))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["year"])


def test_a_unit_outside_the_area_cannot_be_chosen(county, cast, signed_in):
    typed = _typed(county, area=county.qingshui.pk)
    assert signed_in(cast.township).post(reverse("reports:pledge_new"), typed).status_code == 422


def test_a_target_taken_off_a_pledge_is_gone_and_the_others_keep_their_row(county, cast, signed_in, pledge):
    kept = a_target(pledge, "contracted", value=90)
    a_target(pledge, "insured")
    signed_in(cast.township).post(reverse("reports:pledge_edit", args=[pledge.pk]), _typed(county))
    assert [(one.pk, one.value) for one in pledge.targets.all()] == [(kept.pk, Decimal(100))]


def test_the_page_shows_target_figure_points_and_the_list_behind(county, cast, signed_in, pledge):
    a_target(pledge, "households", value=4, weight=20)
    a_household(county.lianhe)
    text = signed_in(cast.county).get(reverse("reports:pledge", args=[pledge.pk])).content.decode()
    for words in ("≥ 4", "25", "/lists/households/all/"):
        assert words in text
