"""The monthly report: asked for once, made by a worker, frozen, corrected in the open, taken out with a trace."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from core.audit.models import AccessLog
from core.base.periods import add_months, month_end, month_start
from healthaid.reports import tasks
from healthaid.reports.models import Report
from healthaid.reports.queries import reports
from healthaid.reports.services import making, requests
from healthaid.reports.services.freezing import checksum
from tests.factories.ground import a_user
from tests.factories.registry import a_condition, a_household, a_person

State = Report.State


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def month(today) -> date:
    return month_start(today)


def days(month: date) -> dict[str, date]:
    """The first and the last day of a month."""
    return {"since": month, "until": month_end(month)}


@pytest.fixture
def asked(township, county, cast, month):
    return requests.request_report(area=county.dongping, **days(month), language="zh-hans", by=cast.township)


def made(report: Report, at: datetime | None = None) -> Report:
    assert making.make_report(report_id=report.pk, at=at or timezone.now())
    report.refresh_from_db()
    return report


def path(report: Report, kind: str) -> bytes:
    return (settings.MEDIA_ROOT / getattr(report, f"{kind}_path")).read_bytes()


def text(report: Report) -> list[str]:
    """The words of each page, without the spaces that the layout adds."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(path(report, "pdf"))).pages]


class TestAsking:
    def test_the_same_report_is_asked_for_once(self, asked, county, cast, month):
        again = requests.request_report(
            area=county.dongping, **days(month), language="zh-hans", by=cast.county
        )
        assert again.pk == asked.pk
        assert Report.objects.count() == 1

    def test_another_language_is_another_report(self, asked, county, cast, month):
        requests.request_report(area=county.dongping, **days(month), language="en", by=cast.township)
        assert Report.objects.count() == 2

    def test_each_month_drafts_of_all_townships_and_counties_are_asked_for_and_no_more(self, county):
        waiting = requests.request_drafts(on=date(2026, 9, 1))
        drafts = Report.objects.filter(pk__in=waiting)
        monthly = drafts.filter(kind="monthly")
        assert {report.area.level for report in monthly} == {"county", "township"}
        assert monthly.count() == 5
        assert {(report.since, report.until) for report in drafts} == {(date(2026, 8, 1), date(2026, 8, 31))}
        assert requests.request_drafts(on=date(2026, 9, 1)) == waiting

    def test_a_quarter_is_asked_for_when_it_is_over(self, county):
        quarters = Report.objects.filter(pk__in=requests.request_drafts(on=date(2026, 10, 1)), kind="causes")
        assert {(report.since, report.until) for report in quarters} == {
            (date(2026, 7, 1), date(2026, 9, 30))
        }

    def test_a_failed_report_is_tried_again(self, asked, county, cast, month):
        Report.objects.update(state=State.FAILED, problem="unexpected")
        again = requests.request_report(
            area=county.dongping, **days(month), language="zh-hans", by=cast.township
        )
        assert (again.state, again.problem) == (State.QUEUED, "")


class TestMaking:
    def test_the_figures_are_frozen_and_sealed(self, asked):
        report = made(asked)
        assert report.state == State.DONE
        assert report.sha256 == checksum(report.figures)
        assert report.figures["together"]["insured"] == [2, 4]
        assert report.figures["together"]["contracted"] == [2, 4]
        assert {row["name"] for row in report.figures["rows"]} == {"联合村村委会", "顺江村村委会"}

    def test_what_happens_later_does_not_change_it(self, asked, township, county):
        before = made(asked).figures
        a_person(a_household(county.lianhe))
        asked.refresh_from_db()
        assert asked.figures == before

    def test_a_second_worker_finds_nothing_to_do(self, asked):
        made(asked)
        assert not making.make_report(report_id=asked.pk, at=timezone.now())

    def test_two_workers_do_not_both_claim(self, asked):
        now = timezone.now()
        assert requests.claim(report_id=asked.pk, at=now)
        assert requests.claim(report_id=asked.pk, at=now) is None

    def test_a_lost_worker_is_replaced_and_can_no_longer_write(self, asked):
        lost = timezone.now() - timedelta(hours=1)
        slow = requests.claim(report_id=asked.pk, at=lost)
        assert requests.requeue_stale(older_than=timezone.now() - timedelta(minutes=10)) == [asked.pk]
        report = made(asked)
        making._end(slow, state=State.FAILED, problem="unexpected")
        report.refresh_from_db()
        assert (report.state, report.attempts) == (State.DONE, 2)

    def test_a_running_one_is_left_alone(self, asked):
        requests.claim(report_id=asked.pk, at=timezone.now())
        assert requests.requeue_stale(older_than=timezone.now() - timedelta(minutes=10)) == []

    def test_after_three_lost_workers_it_is_given_up(self, asked):
        lost = timezone.now() - timedelta(hours=1)
        for _each in range(3):
            requests.claim(report_id=asked.pk, at=lost)
            requests.requeue_stale(older_than=timezone.now())
        asked.refresh_from_db()
        assert (asked.state, asked.problem) == (State.FAILED, "worker_lost")

    def test_what_goes_wrong_ends_in_failed(self, asked, files):
        (files / "reports").write_text("a file where the folder should be")
        assert making.make_report(report_id=asked.pk, at=timezone.now())
        asked.refresh_from_db()
        assert (asked.state, asked.problem) == (State.FAILED, "unexpected")

    def test_no_half_written_file_is_left(self, asked, files):
        made(asked)
        assert not list(files.rglob("*.part"))

    def test_illness_for_health_staff_only_is_in_no_village_row(self, asked):
        report = made(asked)
        assert report.figures["together"]["mental_signed"] == [1, 1]
        assert all("mental_signed" not in row["figures"] for row in report.figures["rows"])
        assert "<5" in "".join(text(report))

    def test_no_other_number_gives_it_away(self, asked):
        assert made(asked).figures["together"]["ill"] == [2, 4]

    def test_five_are_told_in_the_total(self, asked, county):
        home = a_household(county.lianhe)
        for number in range(4):
            person = a_person(home, name=f"患者{number}", relation="80")
            a_condition(person, "severe_mental_disorder")
        assert "<5" not in text(made(asked))[0]

    def test_a_draft_is_counted_again_with_what_came_since(self, asked, cast, county):
        first = made(asked).sha256
        a_person(a_household(county.lianhe))
        again = made(requests.count_again(report=asked, by=cast.township))
        assert again.edition == 1
        assert again.sha256 != first

    def test_one_being_made_cannot_be_counted_again(self, asked, cast):
        with pytest.raises(requests.NotFinished):
            requests.count_again(report=asked, by=cast.township)


class TestPaper:
    def test_the_pdf_is_the_form_on_one_page_and_its_notes_on_another(self, asked, month, today):
        pages = text(made(asked))
        assert len(pages) == 2
        first = pages[0]
        for words in (
            "健康扶贫工作情况月报表",
            "填报单位：东坪街道",
            f"月份：{month:%Y-%m}，数据截至{today:%Y-%m-%d}",
            "表一建档、三个全覆盖、体检与需求",
            "表二四种慢性病签约与随访",
            "表三住院与各方支付",
            "单位负责人：",
            "填报日期：",
        ):
            assert words in first, words
        assert "指标口径" in pages[1]
        assert "合计行的率为分子之和除以分母之和" in pages[1]

    def test_the_row_together_is_a_ratio_of_sums(self, asked):
        lines = [
            line.split()
            for line in PdfReader(BytesIO(path(made(asked), "pdf"))).pages[0].extract_text().splitlines()
        ]
        together = next(line for line in lines if line[:1] == ["合计"])
        assert together[1:8] == ["2", "4", "1", "1", "2", "2", "50.0"]

    def test_an_unmeasured_village_is_a_dash_and_not_a_zero(self, asked):
        book = load_workbook(BytesIO(path(made(asked), "xlsx")))
        rows = {row[0].value: [cell.value for cell in row] for row in book["1"].iter_rows(min_row=8)}
        assert rows["顺江村村委会"][12:14] == ["—", "—"]
        assert rows["联合村村委会"][12:14] == [3, 100]
        assert rows["合计"][12:14] == [3, 75]

    def test_the_workbook_is_laid_out_as_the_form(self, asked):
        page = load_workbook(BytesIO(path(made(asked), "xlsx")))["1"]
        merged = {str(area) for area in page.merged_cells.ranges}
        assert page["A1"].value == "健康扶贫工作情况月报表"
        assert {"A1:S1", "A5:A6", "B5:F5"} <= merged
        assert [page["B5"].value, page["B6"].value, page["B7"].value] == ["建档立卡", "户数", "户"]
        assert any("单位负责人" in str(cell.value) for row in page.iter_rows() for cell in row)
        assert page.page_setup.orientation == "landscape"

    def test_english_is_complete(self, county, cast, township, month):
        report = requests.request_report(area=county.dongping, **days(month), language="en", by=cast.township)
        pages = text(made(report))
        assert "Monthlyreportonhealthwork" in pages[0]
        assert "Reportedby:东坪街道" in pages[0]
        assert "Together" in pages[0]

    def test_a_name_is_never_taken_for_markup(self, county, cast, township, month):
        county.lianhe.name = "#let x = 1 *村* =SUM(A1)"
        county.lianhe.save()
        report = requests.request_report(
            area=county.dongping, **days(month), language="zh-hans", by=cast.township
        )
        assert "#letx=1*村*=SUM(A1)" in text(made(report))[0]

    def test_the_last_full_month_is_counted_to_its_last_day(self, county, cast, township, month, today):
        before = add_months(month, -1)
        report = requests.request_report(
            area=county.dongping, **days(before), language="zh-hans", by=cast.township
        )
        figures = made(report).figures
        assert (figures["since"], figures["on"]) == (before.isoformat(), (month - timedelta(1)).isoformat())
        assert figures["is_whole_month"]


class TestPages:
    def test_asking_leaves_a_row_and_shows_it(self, township, cast, county, signed_in, month):
        client = signed_in(cast.township)
        answer = client.post(
            reverse("reports:reports"),
            {"area": county.dongping.pk, "kind": "monthly", "month": f"{month:%Y-%m}", "language": "zh-hans"},
        )
        report = Report.objects.get()
        assert answer.url == reverse("reports:report", args=[report.pk])
        page = client.get(answer.url)
        assert page.context["report"].is_running
        assert "hx-get" in page.content.decode()

    def test_progress_is_a_fragment_and_ends_in_a_reload(self, asked, cast, signed_in):
        client, url = signed_in(cast.township), reverse("reports:report", args=[asked.pk])
        running = client.get(url, headers={"hx-request": "true"})
        assert "<html" not in running.content.decode()
        assert "HX-Refresh" not in running
        made(asked)
        assert client.get(url, headers={"hx-request": "true"})["HX-Refresh"] == "true"

    def test_a_wrong_request_names_the_field_and_keeps_the_rest(self, cast, county, signed_in, month):
        client = signed_in(cast.township)
        right = {"area": county.dongping.pk, "kind": "monthly", "month": f"{month:%Y-%m}", "language": "en"}
        wrong = [("month", "2999-01"), ("month", "1999-01"), ("month", "x"), ("month", "")]
        for field, value in [*wrong, ("area", "999"), ("language", "fr")]:
            answer = client.post(reverse("reports:reports"), right | {field: value})
            assert answer.status_code == 422
            assert field in answer.context["form"].errors
            assert answer.context["form"]["language"].value() == (right | {field: value})["language"]
        assert not Report.objects.exists()

    def test_nobody_asks_for_a_foreign_area(self, township, cast, county, signed_in, month):
        data = {"area": county.hetang.pk, "kind": "monthly", "month": f"{month:%Y-%m}", "language": "en"}
        assert signed_in(cast.township).post(reverse("reports:reports"), data).status_code == 422
        assert not Report.objects.exists()

    @pytest.mark.parametrize("kind", ["pdf", "xlsx"])
    def test_a_download_is_the_file_and_leaves_a_trace(self, asked, cast, signed_in, kind):
        report = made(asked)
        answer = signed_in(cast.township).get(reverse("reports:download", args=[report.pk, kind]))
        assert answer.getvalue() == path(report, kind)
        assert "attachment" in answer["Content-Disposition"]
        trace = AccessLog.objects.get()
        assert (trace.kind, trace.user) == ("export", cast.township)

    def test_a_changed_file_is_not_handed_out(self, asked, cast, signed_in, files):
        report = made(asked)
        (files / report.pdf_path).write_bytes(b"%PDF something else")
        answer = signed_in(cast.township).get(
            reverse("reports:download", args=[report.pk, "pdf"]), follow=True
        )
        assert "被改动过" in answer.content.decode()
        assert not AccessLog.objects.exists()

    def test_an_unfinished_report_has_no_file(self, asked, cast, signed_in):
        assert (
            signed_in(cast.township).get(reverse("reports:download", args=[asked.pk, "pdf"])).status_code
            == 404
        )

    def test_reports_of_others_are_not_there(self, asked, county, cast, signed_in):
        report = made(asked)
        neighbour = signed_in(a_user("township_staff", county.hetang))
        for name, more in (("report", []), ("changes", []), ("submit", []), ("download", ["pdf"])):
            assert neighbour.get(reverse(f"reports:{name}", args=[report.pk, *more])).status_code == 404
        assert list(neighbour.get(reverse("reports:reports")).context["reports"]) == []
        assert len(signed_in(cast.county).get(reverse("reports:reports")).context["reports"]) == 1

    def test_the_auditor_reads_but_does_not_make(self, asked, cast, signed_in, county, month):
        made(asked)
        client = signed_in(cast.auditor)
        answer = client.get(reverse("reports:download", args=[asked.pk, "pdf"]))
        assert (answer.status_code, answer.getvalue()[:4]) == (200, b"%PDF")
        assert client.post(reverse("reports:again", args=[asked.pk])).status_code == 403
        data = {"area": county.dongping.pk, "kind": "monthly", "month": f"{month:%Y-%m}", "language": "en"}
        assert client.post(reverse("reports:reports"), data).status_code == 403

    def test_others_have_no_reports(self, asked, cast, signed_in):
        for other in (cast.clerk, cast.team_doctor, cast.administrator):
            client = signed_in(other)
            assert client.get(reverse("reports:reports")).status_code == 403
            assert client.get(reverse("reports:report", args=[asked.pk])).status_code == 403


class TestWorkers:
    def test_a_task_may_run_twice(self, asked):
        for _each in range(2):
            tasks.make_report(report_id=asked.pk)
        asked.refresh_from_db()
        assert (asked.state, asked.attempts) == (State.DONE, 1)

    def test_whatever_waits_is_found_without_its_wake_up_call(self, asked):
        assert reports.waiting() == [asked.pk]
        made(asked)
        assert reports.waiting() == []
