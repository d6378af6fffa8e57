"""The pages of the money: what county staff see and do, the sheets they take out, the lists they hand in."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from claims.forms.payables import read_list, yuan_in
from claims.models import ClosedMonth, Fund, LedgerCheck, Payable, PayableDifference
from claims.services.payables.assembling import assemble_payables
from claims.services.payables.claiming import claim
from core.audit.models import AccessLog
from tests.factories.claims import a_fund

ON = date(2026, 4, 2)


@pytest.fixture
def officer(money, signed_in):
    return signed_in(money.officer)


@pytest.fixture
def payable(money):
    money.bill = money.settled()
    assemble_payables(county_id=money.county.county.pk, on=ON)
    return Payable.objects.get(payer="basic")


@pytest.fixture
def claimed(money, payable):
    return claim(payable=payable, on=ON, by=money.officer)


def _url(name, *words):
    return reverse(f"claims:{name}", args=words)


def _list(*rows):
    book = Workbook()
    for row in (["4月拨付清单"], ["序号", "结算单号", "实拨金额（元）"], *rows):
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    return SimpleUploadedFile("清单.xlsx", held.getvalue())


def test_a_fund_is_opened_on_the_page(money, officer):
    today = timezone.localdate()
    told = {"payer": "fund", "year": today.year, "name_zh": "救助基金", "holds": "10000000"}
    answer = officer.post(_url("fund_new"), {**told, "on": today.isoformat(), "warns_at": 20})
    fund = Fund.objects.get()
    assert answer["Location"] == _url("fund", fund.pk)
    assert (fund.balance, fund.warns_at, fund.may_overdraw) == (10_000_000, Decimal("0.20"), False)


def test_what_was_typed_stays_when_something_is_wrong(officer, money):
    fund = a_fund(money.county.county, money.officer, year=timezone.localdate().year)
    answer = officer.post(_url("fund_correct", fund.pk), {"amount": "-5", "note": "", "on": "2099-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日期还没有到" in page
    assert 'value="-5"' in page


def test_the_page_of_a_fund_shows_its_ledger_and_how_long_it_lasts(officer, money):
    fund = a_fund(money.county.county, money.officer, year=timezone.localdate().year)
    page = officer.get(_url("fund", fund.pk)).content.decode()
    assert "1,000.00" in page
    assert "10,000,000.00" in page
    assert "期初余额" in page


def test_an_auditor_is_offered_no_act(money, signed_in, payable):
    auditor = signed_in(money.cast.auditor)
    pages = [_url("funds"), _url("payables"), _url("payable", payable.pk), _url("checks")]
    shown = "".join(auditor.get(page).content.decode() for page in pages)
    assert _url("fund_new") not in shown
    assert _url("payable_claim", payable.pk) not in shown


def test_a_claim_goes_out_and_its_sum_is_shown(officer, payable):
    answer = officer.post(_url("payable_claim", payable.pk), follow=True)
    assert "700.00" in answer.content.decode()
    payable.refresh_from_db()
    assert payable.state == "claimed"


def test_claiming_twice_is_told_and_changes_nothing(officer, claimed):
    answer = officer.post(_url("payable_claim", claimed.pk))
    assert answer.status_code == 422
    assert "已经申报过" in answer.content.decode()


def test_the_payers_list_names_each_difference(officer, money, claimed):
    sent = {"on": timezone.localdate().isoformat(), "file": _list([1, f"{money.bill.number}-1", "600.00"])}
    page = officer.post(_url("payable_answer", claimed.pk), sent, follow=True).content.decode()
    difference = PayableDifference.objects.get()
    assert (difference.kind, difference.theirs) == ("paid_less", 600)
    assert _url("difference", difference.pk) in page


def test_a_difference_is_cleared_up_on_its_page(officer, claimed):
    difference = PayableDifference.objects.create(payable=claimed, kind="not_ours", reference="x", theirs=5)
    assert officer.post(_url("difference", difference.pk), {"resolution": ""}).status_code == 422
    officer.post(_url("difference", difference.pk), {"resolution": "对方已更正"})
    difference.refresh_from_db()
    assert difference.resolution == "对方已更正"


def test_a_month_is_claimed_and_closed_from_the_list(officer, money, payable):
    county = money.county.county.pk
    officer.post(_url("month_claim", county, "2026-03"))
    officer.post(_url("month_close", county, "2026-03"))
    assert ClosedMonth.objects.get().month == date(2026, 3, 1)


def test_a_month_that_cannot_close_says_why(officer, money, payable):
    answer = officer.post(_url("month_close", money.county.county.pk, "2026-03"), follow=True)
    assert "还有 2 笔未申报" in answer.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "soon"])
def test_no_such_month_is_not_found(officer, money, month):
    assert officer.get(_url("month_close", money.county.county.pk, month)).status_code == 404


def test_the_sheet_names_every_bill_and_its_total(officer, money, claimed):
    content = officer.get(_url("claim_sheet", claimed.pk, "xlsx")).content
    cells = [cell.value for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert f"{money.bill.number}-1" in cells
    assert cells.count(700) == 2
    assert any("仅限工作使用" in str(cell) for cell in cells)
    assert AccessLog.objects.filter(kind="export", count=1).exists()


def test_a_name_never_becomes_a_formula(officer, money, claimed):
    type(money.person).objects.filter(pk=money.person.pk).update(name="=HYPERLINK(1)")
    content = officer.get(_url("claim_sheet", claimed.pk, "xlsx")).content
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if "HYPERLINK" in str(cell.value)] == ["'=HYPERLINK(1)"]


def test_the_printed_sheet_shows_the_same(officer, money, claimed):
    content = officer.get(_url("claim_sheet", claimed.pk, "pdf")).content
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert f"{money.bill.number}-1" in words
    assert "700.00" in words


def test_the_layer_table_goes_out_as_a_sheet(officer, payable):
    answer = officer.get(_url("layers_export"), {"from_month": "2026-01", "to_month": "2026-12"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert ("合计", "兜底基金", "fund", 1, 1, 200, 200) in rows


def test_months_out_of_order_are_told_beside_the_field(officer):
    answer = officer.get(_url("layers"), {"from_month": "2026-05", "to_month": "2026-01"})
    assert answer.status_code == 422
    assert "请选相同或更晚的月份" in answer.content.decode()


def test_the_books_are_reckoned_at_once_when_asked(officer, payable):
    page = officer.post(_url("checks"), follow=True).content.decode()
    assert LedgerCheck.objects.get().differences == 0
    assert "全部余额与凭据一致" in page


def test_a_difference_in_the_books_is_named_with_what_to_do(officer, money):
    fund = a_fund(money.county.county, money.officer)
    check = LedgerCheck.objects.create(county=fund.county, checked_on=ON, differences=1)
    check.faults.create(kind="fund_balance", subject="fund-2026", subject_id=fund.pk, expected=5, found=6)
    page = officer.get(_url("check", check.pk)).content.decode()
    assert "基金余额与流水合计不符" in page
    assert "请通知管理员" in page


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1,234.50", "1234.50"),
        ("￥１２．５", "12.50"),
        ("88元", "88.00"),
        ("(12.00)", "-12.00"),
        (600.0, "600.00"),
        (12, "12.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(cell, yuan):
    assert yuan_in(cell) == Decimal(yuan)


@pytest.mark.parametrize("cell", ["", None, "twelve", "12.345", "1e999", "NaN", "--5"])
def test_what_is_no_amount_is_not_guessed(cell):
    assert yuan_in(cell) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件无法读取"),
        (b"\x89PNG....", "文件无法读取"),
        ("姓名,备注\n张三,好\n".encode(), "没有找到表头"),
        ("结算单号,金额\n合计,5\n".encode(), "没有明细"),
        ("结算单号,金额\n1-1,abc\n".encode(), "第 2 行：金额无法识别"),
        ("结算单号,金额\n,5\n".encode(), "第 2 行：缺少结算单号"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_to_do(content, words):
    with pytest.raises(ValidationError, match=words):
        read_list(content)


def test_totals_of_the_payers_list_are_no_bills():
    paid = read_list("结算单号,金额（元）\n1-1,5\n合计,5\n".encode("gb18030"))
    assert [(line.reference, line.amount) for line in paid] == [("1-1", Decimal("5.00"))]
