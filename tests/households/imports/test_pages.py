"""The import as an officer sees it."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit.models import AccessLog
from households.models import Household, ImportRow, RegisterImport
from households.registerfile import read_register
from households.services import imports
from tests.factories.ground import Cast, County
from tests.factories.registers import HEADERS, csv_register, household
from tests.households.imports.conftest import TODAY

Upload = Callable[..., RegisterImport]


def url(name: str, found: RegisterImport, **query: Any) -> str:
    return reverse(f"households:{name}", kwargs={"pk": found.pk}, query=query)


def messy() -> list[dict[str, Any]]:
    """One good household, one whose member has a rounded number, one that cannot be placed."""
    rows = [*household(1), *household(2), *household(3, 行政村="不存在的村")]
    rows[4]["证件号码"] = "4.39901E+17"
    return rows


@pytest.fixture
def officer(cast: Cast, signed_in: Any) -> Any:
    return signed_in(cast.county)


def test_an_upload_waits_for_a_worker_and_shows_its_progress(
    officer: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **options: sent.append((name, options)))
    file = SimpleUploadedFile("岳塘区.csv", csv_register(household(1)))
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(reverse("households:imports"), {"file": file})
    found = RegisterImport.objects.get()
    assert answer.url == url("import", found)
    assert sent == [("households.preview_register", {"kwargs": {"import_id": found.pk}, "queue": "bulk"})]
    assert 'hx-trigger="every 1s"' in officer.get(answer.url).content.decode()
    progress = officer.get(url("import_progress", found))
    assert "HX-Refresh" not in progress
    imports.run_preview(import_id=found.pk, on=TODAY)
    assert officer.get(url("import_progress", found))["HX-Refresh"] == "true"
    assert "岳塘区.csv" in officer.get(reverse("households:imports")).content.decode()


def test_no_file_and_an_empty_file_are_answered_beside_the_field(officer: Any) -> None:
    assert officer.post(reverse("households:imports")).status_code == 422
    empty = SimpleUploadedFile("a.csv", b"")
    assert officer.post(reverse("households:imports"), {"file": empty}).status_code == 422
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("tab", ["new", "changed", "gone", "ask", "refused", "nonsense"])
def test_every_tab_reads_in_both_languages(
    tab: str, language: str, officer: Any, cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    apply_import(upload([*household(1), *household(2), *household(9)], by=cast.county), by=cast.county)
    rows = messy()
    rows[0]["文化程度"] = "高中"
    found = upload([*rows, *household(5)], by=cast.county)
    officer.cookies["django_language"] = language
    answer = officer.get(url("import", found, tab=tab))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert ("What the file changes" in text) == (language == "en")
    assert rows[0]["证件号码"] not in text


def test_the_refused_tab_names_row_column_and_remedy(officer: Any, cast: Cast, upload: Upload) -> None:
    text = officer.get(url("import", upload(messy(), by=cast.county), tab="refused")).content.decode()
    assert "J6：Excel 已把这个号码四舍五入" in text
    assert "不存在的村" in text


def test_the_refused_rows_come_back_as_a_sheet_that_can_be_corrected_and_read_again(
    officer: Any, cast: Cast, upload: Upload
) -> None:
    rows = messy()
    rows[4]["自然村"] = '=HYPERLINK("http://bad.example","x")'
    answer = officer.get(url("import_refused", upload(rows, by=cast.county)))
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = list(page.iter_rows(values_only=True))
    assert lines[0][-1] == "问题"
    assert [line[HEADERS.index("姓名")] for line in lines[1:]] == [r["姓名"] for r in [rows[4], *rows[6:]]]
    assert all(line[-1] for line in lines[1:])
    assert all(cell.data_type != "f" for line in page.iter_rows() for cell in line)
    assert lines[1][HEADERS.index("自然村")].startswith("'=")
    assert AccessLog.objects.get().count == 4
    assert len(read_register(answer.content, filename="again.xlsx").line_numbers) == 4


def test_choices_are_kept_and_the_import_applied_from_the_page(
    officer: Any, cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    apply_import(upload([*household(1), *household(2)], by=cast.county), by=cast.county)
    found = upload(household(1, size=2), by=cast.county)
    member = found.rows.get(kind="person", verdict="gone", household_no="0000000001")
    officer.post(
        url("import_decide", found),
        {"tab": "gone", "page": "1", f"reason_{member.pk}": "died", "rest": "moved"},
    )
    assert set(found.rows.filter(verdict="gone").values_list("left_reason", flat=True)) == {"died", "moved"}
    answer = officer.post(url("import_apply", found), {"effective_on": "2020-12-01"})
    assert answer.url == url("import", found)
    imports.run_apply(import_id=found.pk, on=TODAY)
    assert Household.objects.get(register_no="0000000002").left_reason == "moved"
    text = officer.get(url("import", found)).content.decode()
    assert url("import_undo", found) in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "请填写"), ("gestern", "2020-11-30"), ("2999-01-01", "不能晚于今天")],
)
def test_a_bad_date_is_answered_beside_the_field_and_kept(
    typed: str, said: str, officer: Any, cast: Cast, upload: Upload
) -> None:
    found = upload(household(1), by=cast.county)
    answer = officer.post(url("import_apply", found), {"effective_on": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_an_unreadable_file_offers_its_columns_for_correction(
    officer: Any, cast: Cast, upload: Upload
) -> None:
    headers = ["家里的号" if header == "户编号" else header for header in HEADERS]
    rows = [{**row, "家里的号": row["户编号"]} for row in household(1)]
    found = upload(csv_register(rows, headers), by=cast.county)
    page = officer.get(url("import", found)).content.decode()
    assert "家里的号" in page
    column = headers.index("家里的号")
    officer.post(url("import_columns", found), {f"column_{column}": "household_number"})
    imports.run_preview(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    assert found.state == "previewed"


def test_two_columns_with_one_field_are_refused(officer: Any, cast: Cast, upload: Upload) -> None:
    found = upload(household(1), by=cast.county)
    answer = officer.post(url("import_columns", found), {"column_8": "name", "column_12": "name"})
    assert answer.status_code == 422


def test_undo_and_discard_ask_first(officer: Any, cast: Cast, upload: Upload, apply_import: Upload) -> None:
    found = upload(household(1), by=cast.county)
    assert officer.get(url("import_discard", found)).status_code == 200
    officer.post(url("import_discard", found))
    found.refresh_from_db()
    assert (found.state, ImportRow.objects.count()) == ("discarded", 0)
    assert officer.get(url("import", found)).status_code == 200
    done = apply_import(upload(household(2), by=cast.county), by=cast.county)
    assert officer.get(url("import_undo", done)).status_code == 200
    officer.post(url("import_undo", done))
    done.refresh_from_db()
    assert done.state == "undoing"


def test_an_act_that_comes_too_late_is_explained(officer: Any, cast: Cast, upload: Upload) -> None:
    found = upload(household(1), by=cast.county)
    answer = officer.post(url("import_undo", found), follow=True)
    assert "刷新页面" in answer.content.decode()


def test_imports_of_another_area_are_not_found(
    cast: Cast, county: County, upload: Upload, signed_in: Any
) -> None:
    found = upload(household(1), by=cast.county)
    assert signed_in(cast.township).get(url("import", found)).status_code == 404
    assert signed_in(cast.county).get(url("import", found)).status_code == 200
    assert signed_in(cast.doctor).get(url("import", found)).status_code == 403
    assert signed_in(cast.auditor).get(reverse("households:imports")).status_code == 403


def test_the_preview_page_keeps_a_query_budget(
    officer: Any, cast: Cast, upload: Upload, django_assert_max_num_queries: Any
) -> None:
    found = upload([row for number in range(1, 60) for row in household(number)], by=cast.county)
    with django_assert_max_num_queries(12):
        assert officer.get(url("import", found, tab="new")).status_code == 200


def test_a_file_without_any_header_cannot_be_mapped_and_says_so(
    officer: Any, cast: Cast, upload: Upload
) -> None:
    found = upload(b"%PDF-1.7 no register at all", by=cast.county)
    assert "不是 Excel" in officer.get(url("import", found)).content.decode()
    assert officer.get(url("import_columns", found)).status_code == 200
    answer = officer.post(url("import_columns", found))
    assert (answer.status_code, answer.url) == (302, url("import", found))
    found.refresh_from_db()
    assert found.state == "failed"


def test_a_township_sees_only_its_own_villages_in_the_preview(cast: Cast, upload: Upload) -> None:
    found = upload(household(1), by=cast.township)
    assert found.counts["household"] == {"refused": 1}
