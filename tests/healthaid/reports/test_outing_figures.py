"""Teams back in their villages, paired doctors, and what households know, as the board counts them."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.base.periods import month_start
from followups.models import Team, TeamReturn
from followups.services.outings import pair_household
from healthaid.outreach.services.surveys import record_answers, record_not_asked
from healthaid.reports.indicators import INDICATORS, NOTHING, Figure, Slice
from healthaid.reports.queries.figures import By, figures
from tests.factories.followups import a_team
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.outreach import a_survey
from tests.factories.registry import a_household, a_person

ON = date(2026, 8, 20)


@pytest.fixture
def team(county):
    return a_team(county.lianhe, county.shunjiang)


@pytest.fixture
def figure(county):
    def seen(code="team_returns", *, since=date(2026, 7, 1), on=ON, by=By.VILLAGE, key=None) -> Figure:
        cut = Slice((county.lianhe.pk, county.shunjiang.pk), on, since, sees_sensitive=True)
        return figures(cut, [INDICATORS[code]], by=by).get(key or county.lianhe.pk, {}).get(code, NOTHING)

    return seen


def back(team, village, by, on):
    return TeamReturn.objects.create(
        uuid=uuid4(), team=team, village=village, month=on.replace(day=1), returned_on=on,
        served=12, satisfaction=5, by=by,
    )  # fmt: skip


def test_each_village_and_month_counts_once(county, team, cast, figure):
    back(team, county.lianhe, cast.doctor, date(2026, 7, 9))
    assert figure() == Figure(1, 2)
    assert figure(by=By.TEAM, key=team.pk) == Figure(1, 4)


def test_a_return_after_the_day_is_not_counted_yet(county, team, cast, figure):
    back(team, county.lianhe, cast.doctor, date(2026, 8, 21))
    assert figure() == Figure(0, 2)
    assert figure(on=date(2026, 8, 21)) == Figure(1, 2)


def test_a_closed_team_owes_nothing_from_the_next_month_on(team, figure):
    Team.objects.filter(pk=team.pk).update(closed_on=date(2026, 7, 15))
    assert figure() == Figure(0, 1)


def test_a_team_owes_nothing_before_anybody_sat_in_it(team, figure):
    team.members.update(from_on=date(2026, 8, 3))
    assert figure() == Figure(0, 1)


def test_a_household_is_paired_on_the_days_of_its_pairing(county, cast, figure):
    home = a_household(county.lianhe)
    a_person(home)
    doctor = a_practitioner(an_institution(county.lianhe))
    pair_household(household=home, practitioner=doctor, by=cast.township, on=ON)
    assert figure("households_paired") == Figure(1, 1)
    assert figure("households_paired", on=date(2026, 8, 19)) == Figure(0, 1)


def test_the_list_names_the_teams_that_are_not_back(county, team, cast, signed_in):
    month = month_start(timezone.localdate())
    back(team, county.lianhe, cast.doctor, month)
    client, area = signed_in(cast.county), county.dongping.pk
    missing = client.get(reverse("reports:list", args=["team_returns", "missing"]), {"area": area})
    assert (
        missing.status_code == 200 and reverse("followups:team", args=[team.pk]) in missing.content.decode()
    )
    met = client.get(reverse("reports:list", args=["team_returns", "met"]), {"area": area})
    assert 'data-total="1"' in met.content.decode()
    out = client.post(reverse("reports:export", args=["team_returns", "all"]) + f"?area={area}")
    assert out.status_code == 200
    out.close()


RIGHT = {"deposit": "no", "window": "one", "doctor": "named", "free": "no", "help": "named"}
WRONG = {"deposit": "yes", "window": "several", "doctor": "not_named", "free": "yes", "help": "not_named"}


class TestAwareness:
    @pytest.fixture
    def survey(self, county, cast):
        """Four households: one knows, one does not, one was away, one waits."""
        homes = [a_household(county.lianhe, visit_order=number) for number in range(4)]
        for home in homes:
            a_person(home)
        made = a_survey(county.dongping, cast.township)
        drawn = list(made.homes.order_by("household__visit_order"))
        told = {"answered_by": "head", "by": cast.doctor, "on": date(2026, 3, 10)}
        record_answers(home=drawn[0], answers=RIGHT, **told)
        record_answers(home=drawn[1], answers=WRONG, **told)
        record_not_asked(home=drawn[2], why_not="away", by=cast.doctor, on=date(2026, 3, 10))
        return made

    def test_the_rate_is_of_those_asked_and_its_base_of_those_drawn(self, survey, figure):
        assert figure("awareness") == Figure(1, 2)
        assert figure("awareness_asked") == Figure(2, 4)

    def test_before_the_day_of_asking_nobody_was_asked(self, survey, figure):
        assert figure("awareness", on=date(2026, 3, 9)) == Figure(0, 0)
        assert figure("awareness_asked", on=date(2026, 3, 9)) == Figure(0, 4)

    def test_a_later_round_takes_the_place_of_the_earlier(self, survey, county, cast, figure):
        a_survey(county.county, cast.county, opens_on=date(2026, 5, 4), due_on=date(2026, 6, 4))
        assert figure("awareness_asked") == Figure(0, 4)

    def test_a_round_older_than_a_year_says_nothing(self, survey, figure):
        assert figure("awareness", on=date(2027, 3, 2)) == NOTHING

    def test_its_page_shows_the_base_beside_it(self, survey, county, cast, signed_in):
        page = signed_in(cast.county).get(
            reverse("reports:indicator", args=["awareness"]), {"area": county.dongping.pk}
        )
        assert page.context["twin"].indicator.code == "awareness_asked"
