"""The county's officer brings in a register with mistakes, then the corrected one, and takes it back."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from core.accounts.models import Level
from households.models import Household, Person
from tests.factories.ground import an_area
from tests.factories.registers import csv_register, household
from tests.journeys.conftest import book_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLE = Path(settings.BASE_DIR) / "docs/samples/register-messy.xlsx"
MADE = 60_000


def uploaded(page: Page, file: str | Path) -> None:
    page.set_input_files('[name="file"]', str(file))
    page.locator("form.card .button-primary").click()
    expect(page.locator(".table").first).to_be_visible(timeout=MADE)


def written(page: Page, day: str) -> None:
    page.fill('[name="effective_on"]', day)
    page.get_by_role("button", name="写入").click()
    expect(page.locator(".note-good")).to_be_visible(timeout=MADE)


@pytest.fixture
def officer(staffed_house, desk, cast, county):
    """A county officer at the import page. The sample's villages lie in Hetang."""
    an_area(Level.VILLAGE, "430304015210", "指方村村委会", county.hetang)
    desk.let_in(cast.county)
    return desk


def test_sample_with_mistakes_names_row_and_remedy_and_the_good_rows_are_taken(officer):
    # given the sample as an office would send it
    page = officer.go("/households/imports/")

    # when it is uploaded
    uploaded(page, SAMPLE)

    # then what is refused is named with its row and what to do
    page.locator(".tabs a", has_text="未通过").click()
    refused = page.locator(".table-cards").first
    expect(refused).to_contain_text("不存在的村")
    with page.expect_download() as coming:
        page.locator('a[href$="refused.xlsx"]').click()
    assert book_of(coming.value).max_row > 1

    # and the good rows are written from the date of the data
    written(page, "2020-11-30")
    assert Household.objects.filter(register_no="0000008101").exists()


def test_corrected_file_is_applied_found_by_initials_and_undone(officer, tmp_path):
    # given a register in which one person's village is misspelt
    page = officer.go("/households/imports/")
    rows = [*household(1, 行政村="清水村"), *household(2, 行政村="清水材")]
    rows[0]["姓名"] = "陈铁光"
    wrong = tmp_path / "岳塘区.csv"
    wrong.write_bytes(csv_register(rows))
    uploaded(page, wrong)
    page.locator(".tabs a", has_text="未通过").click()
    expect(page.locator(".table-cards").first).to_contain_text("清水材")

    # when the corrected file is uploaded and written
    for row in rows:
        row["行政村"] = "清水村"
    right = tmp_path / "岳塘区（更正）.csv"
    right.write_bytes(csv_register(rows))
    officer.go("/households/imports/")
    uploaded(page, right)
    expect(page.locator(".tabs")).not_to_contain_text("未通过 3")
    address = page.url.split("?")[0].removeprefix(officer.house.url)
    written(page, "2020-11-30")
    assert Household.objects.count() == 2
    assert Household.objects.first().statuses.first().period.lower <= date(2020, 11, 30)

    # then the household is found by the initials of its head
    officer.go("/households/")
    page.fill('[name="q"]', "ctg")
    page.keyboard.press("Enter")
    expect(page.locator("#main .table tbody")).to_contain_text("陈铁光")

    # and after undoing, the register is as empty as before
    officer.go(address)
    page.locator('[data-dialog="undo-import"]').click()
    page.locator("dialog[open] .button-danger").click()
    expect(page.locator("#main")).to_contain_text("已撤销", timeout=MADE)
    assert Person.objects.count() == 0
