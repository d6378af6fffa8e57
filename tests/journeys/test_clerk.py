"""The clerk at the hospital's window, in front of a real browser: from the search to the printed slip and the payment."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from claims.models import BillItem, Settlement
from claims.services.admissions import AdmissionWanted, admit, write_bill
from tests.factories.facts import an_enrolment_of
from tests.factories.ground import a_practitioner
from tests.factories.settling import EVERYTHING, a_window, line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(county, cast):
    made = a_window(county, cast, EVERYTHING)
    a_practitioner(made.hospital, user=made.clerk)
    today = timezone.localdate()
    for year in {today.year, (today - timedelta(9)).year} - {2025, 2026}:
        an_enrolment_of(made.person, year)
    return made


@pytest.fixture
def page(desk, window):
    desk.let_in(window.clerk)
    return desk.go("/window/")


def _heading(page):
    return page.get_by_role("heading", level=1)


def _found(page, window):
    """The person's page, found by identity number."""
    page.fill("#id_q", window.person.id_number)
    page.get_by_role("button", name="查找").click()
    page.locator("a.row", has_text=window.person.name).click()
    expect(_heading(page)).to_have_text(window.person.name)


def _admitted(page, window):
    _found(page, window)
    page.get_by_role("link", name="办理入院").click()
    page.fill("#id_diagnosis", "肺炎")
    page.fill("#id_icd10", "J18.900")
    page.get_by_role("button", name="办理入院").click()
    expect(_heading(page)).to_contain_text("肺炎")


def test_from_the_search_to_the_printed_slip(page, window):
    # given a person who is poor through illness, found by identity number, which never stands in an address
    _found(page, window)
    assert window.person.id_number not in page.url
    expect(page.get_by_text("在本院可享受的待遇")).to_be_visible()
    page.go_back()

    # when the clerk admits, enters the bill in the grid with the total of the hospital's paper, and discharges
    _admitted(page, window)
    page.get_by_role("link", name="录入费用").click()
    page.fill('[name="bed-A-amount"]', "３00")
    page.fill('[name="western_drug-B-amount"]', "1,700.00")
    page.fill('[name="western_drug-B-first_pay"]', "170")
    expect(page.locator("[data-grid-sum]")).to_have_text("2,000.00")
    page.fill("#id_typed_total", "2000")
    expect(page.locator("[data-compare]")).to_have_attribute("data-state", "same")
    page.get_by_role("button", name="保存费用").click()
    page.get_by_role("button", name="办理出院").click()

    # and settles what the preview shows
    page.get_by_role("link", name="预结算").click()
    share = page.locator(".patient-figure").inner_text().split()[0]
    expect(page.locator(".payer")).to_have_count(6)
    page.get_by_role("button", name="确认结算").click()

    # then screen, database and paper say the same
    settled = Settlement.objects.get()
    assert f"{settled.patient:,.2f}" == share
    expect(page.locator(".patient-figure")).to_contain_text(share)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="打印结算单").click()
    answer = page.request.get(opened.value.url)
    slip = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert answer.headers["content-type"] == "application/pdf"
    for written in (share, str(settled), "第一条", "第四条"):
        assert written in slip

    # and the patient pays only the own share
    page.get_by_role("button", name="收款").click()
    expect(page.get_by_text("已全部付清")).to_be_visible()


def test_the_grid_is_filled_by_keyboard_alone(page, window):
    # given an admitted person's empty bill
    _admitted(page, window)
    page.get_by_role("link", name="录入费用").click()

    # when the clerk types down the first column, goes to class B, and saves without the mouse
    page.locator('[name="bed-A-amount"]').focus()
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    page.keyboard.type("30.5")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("10")
    page.locator("#id_typed_total").focus()
    page.keyboard.type("160.50")
    page.keyboard.press("Enter")

    # then every figure stands where it was typed
    expect(page.get_by_text("费用已保存。")).to_be_visible()
    kept = BillItem.objects.order_by("position").values_list("category", "item_class", "amount")
    assert [(c, k, str(a)) for c, k, a in kept] == [
        ("bed", "A", "120.00"),
        ("consultation", "A", "30.50"),
        ("consultation", "B", "10.00"),
    ]


def test_a_double_click_settles_once(page, window):
    # given a discharged person with a bill
    stay = _discharged(window)

    # when the clerk presses the button twice
    page.goto(page.url.rstrip("/") + f"/stays/{stay.uuid}/settle/")
    page.get_by_role("button", name="确认结算").dblclick()

    # then there is one settlement
    expect(page.get_by_text("结算完成")).to_be_visible()
    assert Settlement.objects.count() == 1


def test_a_wrong_figure_is_told_at_its_line_and_nothing_is_lost(page, window):
    # given an admitted person's bill
    _admitted(page, window)
    page.get_by_role("link", name="录入费用").click()

    # when one amount is mistyped and the printed total is another one
    page.fill('[name="bed-A-amount"]', "12o")
    page.fill('[name="nursing-A-amount"]', "80")
    page.fill("#id_typed_total", "200")
    page.get_by_role("button", name="保存费用").click()

    # then the cell is named, with what to do, and everything typed is still there
    expect(page.locator(".error-summary")).to_contain_text("床位费")
    expect(page.locator(".grid-faults")).to_contain_text("不是金额")
    expect(page.locator('[name="bed-A-amount"]')).to_have_value("12o")
    expect(page.locator('[name="nursing-A-amount"]')).to_have_value("80")


def _discharged(window):
    """An outpatient visit of yesterday with one line."""
    today = timezone.localdate()
    wanted = AdmissionWanted(
        institution=window.hospital,
        admitted_on=today - timedelta(1),
        care="chronic_outpatient",
        diagnosis="高血压",
    )
    stay = admit(person=window.person, wanted=wanted, by=window.clerk, on=today)
    write_bill(admission=stay, lines=[line(900)], typed_total=None, by=window.clerk, on=today)
    return stay
