"""The officer at a desk: from a red number to the people behind it and back, out as .xlsx, and the month on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from core.base.periods import month_end, month_start
from healthaid.reports.services.making import make_report
from healthaid.reports.services.requests import request_report
from tests.factories.facts import a_contract_of, a_duty_of, a_team_for
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import book_of, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late(county, cast) -> list[str]:
    """Three people of one village whose visit is overdue, and one elsewhere who is in time."""
    today = timezone.localdate()
    team = a_team_for(county.lianhe, "联合团队")
    names = ["陈铁光", "左双宁", "冯建新"]
    for name in names:
        person = a_person(a_household(county.lianhe), name=name)
        a_condition(person)
        a_contract_of(person, team, cast.township, first=today - timedelta(30), past=today + timedelta(335))
        a_duty_of(
            person.household,
            today - timedelta(20),
            person,
            starts=today - timedelta(30),
            ends=today - timedelta(5),
        )
    other = a_person(a_household(county.qingshui), name="戴喜珍")
    a_duty_of(other.household, today, other, ends=today + timedelta(20))
    return names


def test_red_number_leads_to_its_people_and_back(desk, cast, late):
    # given the county's officer in front of the overview
    page = desk.sign_in(with_password(cast.county))
    expect(page).to_have_url(desk.house.url + "/dashboard/")
    board = page.url

    # when they unfold the visits and open the red number of those overdue
    page.locator("summary", has_text="本季度随访").click()
    figure = page.locator(".figure", has_text="逾期随访").locator("a.figure-value")
    number = int(figure.get_attribute("data-count"))
    figure.click()

    # then the list is as long as the number
    assert number == len(late)
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(number))
    expect(page.locator(".table tbody tr")).to_have_count(number)

    # and a person, and the way back to the same place
    listed = page.url
    page.get_by_role("link", name="陈铁光").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈铁光")
    page.go_back()
    expect(page).to_have_url(listed)
    page.go_back()
    expect(page).to_have_url(board)


def test_overview_descends_from_county_to_village_with_the_numbers_kept(desk, cast, county, late):
    # given the county's board
    desk.let_in(cast.county)
    page = desk.go("/dashboard/")

    # when the officer goes down to the street and to the village
    page.locator(".board").get_by_role("link", name="东坪街道").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("东坪街道")
    page.locator(".board").get_by_role("link", name="联合村").first.click()

    # then the same number stands at the village, and its list is downloaded as it is shown
    expect(page.get_by_role("heading", level=1)).to_contain_text("联合村")
    page.locator("summary", has_text="本季度随访").click()
    page.locator(".figure", has_text="逾期随访").locator("a.figure-value").click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(late)))
    with page.expect_download() as coming:
        page.get_by_role("button", name=".xlsx").click()
    sheet = book_of(coming.value)
    told = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert all(name in told for name in late)


def test_monthly_report_is_made_while_one_watches_and_comes_as_pdf(staffed_house, desk, cast, late):
    # given the reports page and a worker somewhere
    desk.let_in(cast.township)
    page = desk.go("/reports/")

    # when the officer asks for the month
    page.fill('input[name="month"]', f"{timezone.localdate():%Y-%m}")
    page.get_by_role("button", name="生成报表").click()

    # then progress is shown, and in the end the files
    pdf = page.locator("a.button", has_text="PDF")
    expect(pdf).to_be_visible(timeout=120_000)
    with page.expect_download() as coming:
        pdf.click()
    paper = PdfReader(BytesIO(coming.value.path().read_bytes()))
    told = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "东坪街道" in told


def test_county_officer_compares_streets_and_prints_the_page(desk, cast, county, late):
    # given the county's officer in front of the overview, who opens the overdue visits
    page = desk.sign_in(with_password(cast.county))
    page.locator(".board thead").get_by_role("link", name="随访逾期").click()

    # when the streets are compared, the worst stands first with its bar and its people
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期随访")
    rows = page.locator(".compared").first.locator("tbody tr")
    expect(rows.first).to_contain_text("东坪街道")
    expect(rows.first).to_contain_text("100 %")
    expect(page.locator(".chart")).not_to_have_count(0)
    rows.first.get_by_role("link", name="东坪街道").click()
    expect(page.locator(".page-lede")).to_contain_text("东坪街道")

    # and a person is met, the way back leads to the same list, and from there to the figure
    page.locator(".list-link", has_text="逾期").first.click()
    listed = page.url
    page.get_by_role("link", name="陈铁光").first.click()
    page.get_by_role("link", name="返回名单").click()
    expect(page).to_have_url(listed)
    page.locator(".crumbs").get_by_role("link", name="逾期随访").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期随访")

    # then the county's page is one sheet of A4 that names the streets
    page.goto(f"{desk.house.url}/dashboard/")
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) == 1
    assert "东坪街道" in sheets[0].extract_text()


def test_township_files_its_month_and_finds_who_explains_a_number(
    desk, cast, county, late, tmp_path, settings
):
    # given the draft of the month on the township's desk
    settings.MEDIA_ROOT = tmp_path
    first = month_start(timezone.localdate())
    report = request_report(area=county.dongping, since=first, until=month_end(first), by=cast.township)
    make_report(report_id=report.pk, at=timezone.now())
    desk.let_in(cast.township)
    page = desk.go(f"/reports/{report.pk}/")
    draft = page.url

    # when a number looks wrong and the officer opens it
    number = page.locator(".report-table tfoot a[href*='/lists/visits_overdue/']")
    expect(number).to_have_text(str(len(late)))
    number.click()

    # then those behind it are listed, and one of them explains it
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(late)))
    page.get_by_role("link", name="陈铁光").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈铁光")

    # and back at the report it is handed in, for good
    page.goto(draft)
    page.get_by_role("link", name="上报").click()
    page.get_by_role("button", name="上报").click()
    expect(page).to_have_url(draft)
    expect(page.locator(".report-facts")).to_contain_text("已上报")
    expect(page.get_by_role("button", name="重新统计")).to_have_count(0)
