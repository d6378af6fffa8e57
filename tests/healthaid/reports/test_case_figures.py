"""The indicators of major disease: the same figures as the coverage page, and the people behind them."""

import pytest
from django.urls import reverse

from followups.case_choices import Stage
from followups.queries.cases.coverage import identified
from healthaid.reports.indicators import INDICATORS, Side, quarter_so_far
from healthaid.reports.queries.figures import figures, total
from healthaid.reports.queries.lists import rows
from tests.factories.cases import a_case, a_major_condition, an_ill_person
from tests.factories.registry import a_household, a_person

CODES = ("cases_registered", "cases_assigned", "cases_planned", "cases_treated", "cases_closed")


@pytest.fixture
def cut(county, today):
    villages = (county.lianhe.pk, county.shunjiang.pk)
    return quarter_so_far(villages, on=today, today=today, sees_sensitive=True)


@pytest.fixture
def cases(county, cast):
    """One person at each step, and one without a case."""
    found = {stage: a_case(county, cast, stage=stage) for stage in Stage.values}
    an_ill_person(county.lianhe)
    return found


def _counted(cut):
    chosen = [INDICATORS[code] for code in CODES]
    together = total(figures(cut, chosen).values(), chosen)
    return {code: (together[code].part, together[code].whole) for code in CODES}


def test_each_step_is_counted_among_those_it_concerns(cases, cut):
    assert _counted(cut) == {
        "cases_registered": (5, 6),
        "cases_assigned": (3, 4),
        "cases_planned": (2, 4),
        "cases_treated": (2, 6),
        "cases_closed": (1, 6),
    }


def test_the_coverage_page_counts_the_same(cases, cut, cast, today):
    counted, page = _counted(cut), identified(cast.county, today)
    assert (page.registered, page.found) == counted["cases_registered"]
    assert (page.with_doctor, page.in_care) == counted["cases_assigned"]
    assert (page.planned, page.treated, page.closed) == (2, *(counted[c][0] for c in CODES[3:]))


def test_the_list_names_who_is_not_treated(cases, cut):
    missing = rows(cut, INDICATORS["cases_treated"], Side.MISSING)
    assert len(missing) == 4 and all(row["person_name"] for row in missing)


def test_sensitive_diseases_are_counted_for_health_staff_only(county, cast, cut):
    person = a_person(a_household(county.lianhe))
    a_major_condition(person, "mdr_tuberculosis", is_sensitive=True)
    hidden = quarter_so_far(cut.villages, on=cut.on, today=cut.on, sees_sensitive=False)
    assert _counted(cut)["cases_registered"] == (0, 1)
    assert _counted(hidden)["cases_registered"] == (0, 0)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("side", ["all", "met", "missing"])
def test_every_list_opens(cases, cast, signed_in, county, code, side):
    address = reverse("reports:list", args=[code, side]) + f"?area={county.county.pk}"
    assert signed_in(cast.county).get(address).status_code == 200
