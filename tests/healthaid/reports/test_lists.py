"""The lists: who stands on them, who may open them, and how they leave the house."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.audit.models import AccessLog
from core.base.cells import safe
from healthaid.reports.indicators import INDICATORS
from tests.factories.registry import a_household, a_person

EVERY_LIST = [(code, side.value) for code, indicator in INDICATORS.items() for side in indicator.sides]


def url(code: str, side: str, name: str = "list") -> str:
    return reverse(f"reports:{name}", args=[code, side])


def rows(answer) -> list[str]:
    return [row.name for row in answer.context["rows"]]


def test_every_list_opens_and_is_as_long_as_it_says(township, cast, signed_in):
    client = signed_in(cast.township)
    for code, side in EVERY_LIST:
        answer = client.get(url(code, side))
        assert answer.status_code == 200
        assert len(rows(answer)) == answer.context["count"], code


def test_each_row_leads_to_its_person_and_household(township, cast, signed_in):
    page = signed_in(cast.township).get(url("contracted", "missing")).content.decode()
    for person in (township.son, township.neighbour):
        assert reverse("households:person", args=[person.uuid]) in page
        assert reverse("households:household", args=[person.household.uuid]) in page


def test_the_exceptions_say_why(township, cast, signed_in):
    listed = signed_in(cast.township).get(url("insured", "missing")).context["rows"]
    assert {row.name: row.what for row in listed} == {"陈小军": "在外地参保", "冯建新": "没有登记原因"}


def test_overdue_visits_stand_in_the_order_of_their_lateness(township, cast, signed_in, today):
    listed = signed_in(cast.township).get(url("visits_overdue", "met")).context["rows"]
    assert listed[0].status == f"逾期 {(today - township_window_end(township)).days} 天"


def township_window_end(township):
    return min(duty.ends_on for duty in township.home.duties.all())


def test_an_illness_for_health_staff_only_is_on_no_other_list(township, cast, signed_in):
    health, administration = signed_in(cast.township), signed_in(cast.township_administration)
    assert "左双宁" in rows(health.get(url("ill", "met")))
    assert "左双宁" not in rows(administration.get(url("ill", "met")))
    assert "左双宁" in rows(administration.get(url("ill", "missing")))
    for code, side in EVERY_LIST:
        page = administration.get(url(code, side))
        if INDICATORS[code].health_only:
            assert page.status_code == 404
        else:
            assert "精神" not in page.content.decode(), code


def test_the_auditor_sees_no_health_only_list(township, cast, signed_in):
    assert signed_in(cast.auditor).get(url("mental_signed", "all")).status_code == 404


def test_others_have_no_lists(cast, signed_in):
    for other in (cast.doctor, cast.team_doctor, cast.clerk, cast.administrator):
        client = signed_in(other)
        assert client.get(url("insured", "all")).status_code == 403
        assert client.post(url("insured", "all", "export")).status_code == 403


def test_a_foreign_area_is_not_there(township, county, cast, signed_in):
    client = signed_in(cast.township)
    for area in (county.hetang, county.county, county.far):
        assert client.get(url("insured", "all"), {"area": area.pk}).status_code == 404
        assert client.post(f"{url('insured', 'all', 'export')}?area={area.pk}").status_code == 404


def test_nobody_of_another_township_or_county_is_listed(township, cast, signed_in):
    names = rows(signed_in(cast.township).get(url("residents", "all")))
    assert sorted(names) == sorted(["陈铁光", "左双宁", "陈小军", "冯建新"])
    assert "远方人" not in rows(signed_in(cast.county).get(url("residents", "all")))


def test_what_is_not_counted_has_no_list(township, cast, signed_in):
    client = signed_in(cast.township)
    for code, side in (("nothing", "all"), ("insured", "nothing"), ("residents", "met")):
        assert client.get(url(code, side)).status_code == 404


def test_a_strange_page_or_day_shows_the_nearest(township, cast, signed_in):
    client = signed_in(cast.township)
    for asked in ({"page": "x"}, {"page": "-1"}, {"page": "99999"}, {"on": "x"}):
        answer = client.get(url("residents", "all"), asked)
        assert (answer.status_code, len(rows(answer))) == (200, 4), asked


def test_a_strange_team_is_not_there(township, cast, signed_in):
    client = signed_in(cast.township)
    for team in ("x", "999999", "-1"):
        assert client.get(url("residents", "all"), {"team": team}).status_code == 404


def test_pages_hold_fifty_and_keep_the_question(county, cast, signed_in, today):
    home = a_household(county.lianhe)
    for number in range(60):
        a_person(home, name=f"成员{number}", relation="02" if not number else "80")
    client, day = signed_in(cast.township), (today - timedelta(1)).isoformat()
    first = client.get(url("residents", "all"), {"on": day, "area": county.lianhe.pk})
    second = client.get(first.context["next_url"])
    assert (len(rows(first)), len(rows(second))) == (50, 10)
    assert not set(rows(first)) & set(rows(second))
    assert f"on={day}" in first.context["next_url"]


def test_a_list_costs_the_same_for_one_row_and_for_many(county, cast, signed_in):
    client, counts = signed_in(cast.township), []
    client.get(url("residents", "all"))
    for number in range(30):
        a_person(a_household(county.lianhe), name=f"户主{number}")
        if number in (0, 29):
            with CaptureQueriesContext(connection) as queries:
                client.get(url("insured", "missing"))
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_an_export_is_watermarked_and_recorded(township, cast, signed_in):
    answer = signed_in(cast.township).post(url("insured", "missing", "export"))
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert "attachment" in answer["Content-Disposition"]
    assert cast.township.full_name in sheet["A2"].value
    assert [cell.value for cell in sheet[3]][:2] == ["姓名", "性别年龄"]
    assert {sheet.cell(4, 1).value, sheet.cell(5, 1).value} == {"陈小军", "冯建新"}
    trace = AccessLog.objects.get()
    assert (trace.kind, trace.user, trace.count) == ("export", cast.township, 2)
    assert "name" in trace.fields


def test_an_auditor_reads_and_takes_nothing_out(township, cast, signed_in):
    client = signed_in(cast.auditor)
    assert client.get(url("insured", "missing")).status_code == 200
    assert client.post(url("insured", "missing", "export")).status_code == 403
    assert not AccessLog.objects.exists()


def test_an_export_needs_a_button_press(township, cast, signed_in):
    assert signed_in(cast.township).get(url("insured", "all", "export")).status_code == 405


def test_too_long_a_list_says_where_to_go(township, cast, signed_in, monkeypatch):
    monkeypatch.setattr("healthaid.reports.views.lists.EXPORT_ROWS", 1)
    answer = signed_in(cast.township).post(url("residents", "all", "export"))
    assert answer.status_code == 422
    assert "更小的范围" in answer.content.decode()
    assert not AccessLog.objects.exists()


FORMULAS = ["=1+1", "+86", "-2", "@SUM(A1)", "＝1", "＋1", " =1", "\t=1", "\r=1", "\ufeff=1", "|cmd", "%x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_never_opens_a_formula(text):
    assert safe(text).startswith("'")


@pytest.mark.parametrize("value", ["张三", "2026-08-15", "130/80 mmHg", "", 5])
def test_a_harmless_cell_stays_as_it_is(value):
    assert safe(value) == value


def test_an_exported_name_is_text_whatever_it_looks_like(township, cast, signed_in, county):
    a_person(a_household(county.lianhe), name='=HYPERLINK("http://x")')
    answer = signed_in(cast.township).post(url("residents", "all", "export"))
    cells = [cell for row in load_workbook(BytesIO(answer.getvalue())).active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert '\'=HYPERLINK("http://x")' in [cell.value for cell in cells]
