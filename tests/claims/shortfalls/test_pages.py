"""The worklist of bills below the target."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.audit.models import AccessLog
from tests.factories.burdens import ON, Bills
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def frozen_day(monkeypatch):
    monkeypatch.setattr("claims.views.shortfalls.today", lambda: ON)


@pytest.fixture
def bill(county, cast):
    bills = Bills(county, cast, rules="")
    bills.bears(a_person(a_household(county.lianhe)), "100", total="1000", care="inpatient")
    return bills.bears(
        a_person(a_household(county.lianhe), name="李铁柱"), "3000", total="9000", care="inpatient"
    )


def page(client, query=""):
    answer = client.get(f"/shortfalls/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_both_ratios_with_their_denominators(bill, cast, signed_in):
    text = page(signed_in(cast.county))
    assert "2,100" in text
    assert "÷ 总费用 10,000.00 元" in text
    assert "÷ 合规费用 10,000.00 元" in text


def test_a_sum_leads_to_its_bills(bill, cast, signed_in):
    client = signed_in(cast.county)
    assert "by=bills&amp;cause=rates" in page(client).replace("&cause", "&amp;cause")
    text = page(client, "?by=bills&cause=rates")
    assert "李铁柱" in text
    assert "张三丰" not in text


@pytest.mark.parametrize("by", ["village", "hospital", "month", "bills", "nonsense"])
def test_every_way_of_summing_up_answers(bill, cast, signed_in, by):
    page(signed_in(cast.county), f"?by={by}")


def test_a_wrong_day_is_told_and_nothing_is_lost(bill, cast, signed_in):
    text = page(signed_in(cast.county), "?since=2026-09-01&until=2026-01-01&who=county")
    assert "结束日期早于开始日期" in text
    assert 'value="2026-09-01"' in text


def test_bills_of_others_are_not_counted(bill, cast, signed_in, county):
    assert "2,100.00" in page(signed_in(cast.township))
    assert "2,100.00" not in page(signed_in(a_user("township_staff", county.hetang)))


def test_what_cannot_be_read_narrows_nothing(bill, cast, signed_in):
    assert "李铁柱" in page(signed_in(cast.county), "?by=bills&area=999999&hospital=abc&month=x&cause=none")


def test_the_list_is_taken_out_with_a_trace(bill, cast, signed_in):
    answer = signed_in(cast.county).post("/shortfalls/export/")
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], row[10]) for row in rows] == [("李铁柱", 2100)]
    assert AccessLog.objects.filter(kind=AccessLog.Kind.EXPORT, count=1).exists()
