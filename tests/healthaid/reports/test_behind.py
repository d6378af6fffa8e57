"""Every number of the tables opens its rows, and the rows make the number."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from claims.services.payables.assembling import assemble_payables
from core.base.periods import month_end, month_start
from healthaid.reports.models import Report
from healthaid.reports.services import making, requests
from tests.factories.claims import a_fund, a_reversal, an_entry
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_household, a_person


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def busy(township, bills, county, cast, today):
    """Bills of three persons, one taken back, one for health staff only; a fund, claims, a clinic."""
    found = bills.bears(
        township.son,
        "80.00",
        total="500.00",
        care="inpatient",
        settled_on=today,
        lines={"basic": "300", "supplement": "70", "commercial": "50"},
    )
    with transaction.atomic():
        a_reversal(found, cast.clerk, settled_on=today)
    bills.bears(township.wife, "10.00", total="90.00", settled_on=today, is_sensitive=True)
    fund = a_fund(county.county, cast.county, holds="900.00", year=today.year, payer="basic")
    an_entry(fund, cast.county, "50.00", kind="grant", entered_on=today)
    assemble_payables(county_id=county.county.pk, on=today)
    clinic = an_institution(county.lianhe, is_standardised=True, beds=2)
    worker = a_practitioner(clinic)
    worker.licences.create(kind="执业证", number="A1", valid_from=date(2020, 1, 1), valid_to=date(2099, 1, 1))
    return township


def a_report(kind: str, area, by, today: date) -> Report:
    first = month_start(today)
    asked = requests.request_report(area=area, kind=kind, since=first, until=month_end(first), by=by)
    making.make_report(report_id=asked.pk, at=timezone.now())
    return Report.objects.get(pk=asked.pk)


def cells_of(client, report: Report) -> list:
    tables = client.get(reverse("reports:report", args=[report.pk])).context["tables"]
    return [
        (cell, table.title, name)
        for table in tables
        for row in [*table.rows, *([table.together] if table.together else [])]
        for cell, (name, _unit) in zip(row.cells, table.heads, strict=True)
        if not cell.is_words and cell.text.replace(",", "").replace(".", "").lstrip("-").isdigit()
    ]


@pytest.mark.parametrize("kind", ["causes", "layers", "care", "payers", "clinics", "monthly", "help"])
def test_every_number_opens_rows_that_make_it(busy, county, cast, signed_in, today, kind):
    client = signed_in(cast.county)
    cells = cells_of(client, a_report(kind, county.county, cast.county, today))
    assert [(title, name) for cell, title, name in cells if not cell.url] == []
    behind = {cell.url: cell.text for cell, _title, _name in cells if "/rows/" in cell.url}
    assert len(behind) > 5
    pages = {url: client.get(url).context for url in behind}
    assert {url: pages[url]["today"] for url in behind} == behind
    assert all(pages[url]["length"] >= len(pages[url]["rows"]) for url in behind)


def test_a_count_of_people_is_the_length_of_its_list(busy, county, cast, signed_in, today):
    client = signed_in(cast.county)
    report = a_report("causes", county.county, cast.county, today)
    page = client.get(
        reverse("reports:rows", args=[report.pk]),
        {"table": "ages", "column": "men", "take": "number"},
    )
    assert page.context["length"] == int(page.context["in_report"])


def test_a_bill_taken_back_stands_on_the_list_and_counts_against(busy, county, cast, signed_in, today):
    client = signed_in(cast.township)
    report = a_report("monthly", county.dongping, cast.township, today)
    question = {"column": "bills_commercial", "take": "number"}
    page = client.get(reverse("reports:rows", args=[report.pk]), question)
    assert (page.context["today"], page.context["length"]) == ("0", 2)
    assert "已冲销" in page.content.decode() or "taken back" in page.content.decode()


def test_two_payers_of_one_column_make_one_bill(township, bills, county, cast, today):
    bills.bears(
        township.son,
        "80.00",
        total="500.00",
        care="inpatient",
        settled_on=today,
        lines={"supplement": "370", "commercial": "50"},
    )
    figures = a_report("monthly", county.dongping, cast.township, today).figures
    assert (figures["together"]["bills_commercial"], figures["together"]["paid_commercial"]) == (1, "420.00")


def test_what_health_staff_alone_may_see_is_counted_and_not_listed(busy, county, cast, signed_in, today):
    report = a_report("care", county.dongping, cast.township, today)
    question = {"table": "care", "column": "bills", "take": "number"}
    url = reverse("reports:rows", args=[report.pk])
    health = signed_in(cast.township).get(url, question).context
    other = signed_in(cast.township_administration).get(url, question)
    assert int(other.context["today"]) == int(health["today"]) - 1
    assert other.context["in_report"] == health["in_report"]
    assert other.context["leaves_out"]
    assert "左双宁" not in [row.name for row in other.context["rows"] if row.amount == 80]
    assert other.context["length"] == health["length"] - 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"table": "care", "column": "nothing", "take": "number"},
        {"table": "care", "column": "bills", "take": "share"},
        {"table": "care", "column": "bills", "take": "number", "row": "inpatient/moon/in"},
        {"table": "x", "column": "bills", "take": "number"},
        {},
    ],
    ids=str,
)
def test_a_number_that_the_report_does_not_have_is_not_there(busy, county, cast, signed_in, today, wrong):
    report = a_report("care", county.dongping, cast.township, today)
    assert signed_in(cast.township).get(reverse("reports:rows", args=[report.pk]), wrong).status_code == 404


def test_another_area_has_no_rows_here(busy, county, cast, signed_in, today):
    report = a_report("monthly", county.dongping, cast.township, today)
    question = {"column": "stays", "take": "number", "area": county.qingshui.pk}
    assert signed_in(cast.county).get(reverse("reports:rows", args=[report.pk]), question).status_code == 404


def test_what_came_late_is_told_beside_the_report(busy, bills, county, cast, signed_in, today):
    report = a_report("monthly", county.dongping, cast.township, today)
    late = a_person(a_household(county.lianhe), name="新来人")
    bills.bears(late, "1.00", total="10.00", care="inpatient", settled_on=today)
    page = signed_in(cast.township).get(
        reverse("reports:rows", args=[report.pk]), {"column": "stays", "take": "number"}
    )
    assert int(page.context["today"]) == int(page.context["in_report"]) + 1
    assert "报表数为" in page.content.decode()
