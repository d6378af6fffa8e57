"""A report between the desks: handed in, returned, approved by another, corrected in the open."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.base.periods import month_end, month_start
from core.base.states import MoveRefused
from healthaid.reports.models import Report
from healthaid.reports.queries.reports import waiting_for
from healthaid.reports.services import filing, making, requests
from healthaid.reports.services.late import differences_now, look_for_late_facts
from healthaid.reports.states import STATES
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person

Filing = Report.Filing


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at():
    return timezone.now()


def a_report(area, by, today, **more) -> Report:
    first = month_start(today)
    asked = requests.request_report(area=area, since=first, until=month_end(first), by=by, **more)
    making.make_report(report_id=asked.pk, at=timezone.now())
    return Report.objects.get(pk=asked.pk)


@pytest.fixture
def draft(township, county, cast, today):
    return a_report(county.dongping, cast.township, today)


@pytest.fixture
def handed_in(draft, cast, at):
    return filing.submit(report=draft, by=cast.township, at=at)


@pytest.fixture
def approved(handed_in, cast, at):
    return filing.approve(report=handed_in, by=cast.county, at=at)


class TestSteps:
    def test_a_township_hands_in_and_the_county_approves(self, approved, cast):
        assert (approved.filing, approved.submitted_by, approved.approved_by) == (
            Filing.APPROVED,
            cast.township,
            cast.county,
        )
        steps = [(step.to, step.by, step.sha256) for step in approved.steps.order_by("at", "pk")]
        assert steps == [
            ("submitted", cast.township, approved.sha256),
            ("approved", cast.county, approved.sha256),
        ]

    def test_one_returned_says_why_and_is_handed_in_anew(self, handed_in, cast, at):
        back = filing.send_back(report=handed_in, reason="联合村签约数不对", by=cast.county, at=at)
        assert back.filing == Filing.RETURNED
        requests.count_again(report=back, by=cast.township)
        making.make_report(report_id=back.pk, at=at)
        again = filing.submit(report=Report.objects.get(pk=back.pk), by=cast.township, at=at)
        assert again.filing == Filing.SUBMITTED
        assert [step.reason for step in again.steps.order_by("pk")] == ["", "联合村签约数不对", ""]

    def test_a_village_hands_in_to_its_township(self, township, county, cast, today, at):
        report = a_report(county.lianhe, cast.doctor, today)
        filing.submit(report=report, by=cast.doctor, at=at)
        with pytest.raises(filing.FilingRefused):
            filing.approve(report=report, by=cast.county, at=at)
        assert filing.approve(report=report, by=cast.township, at=at).filing == Filing.APPROVED

    def test_a_county_report_is_approved_by_somebody_else_of_the_county(self, county, cast, today, at):
        report = a_report(county.county, cast.county, today)
        filing.submit(report=report, by=cast.county, at=at)
        with pytest.raises(filing.FilingRefused):
            filing.approve(report=report, by=cast.county, at=at)
        other = a_user("county_staff", county.county)
        assert filing.approve(report=report, by=other, at=at).approved_by == other

    def test_nobody_hands_in_for_another_area(self, draft, cast, at):
        with pytest.raises(filing.FilingRefused):
            filing.submit(report=draft, by=cast.county, at=at)

    def test_no_step_is_skipped(self, draft, approved, cast, at):
        for step in (filing.submit, filing.approve):
            with pytest.raises(MoveRefused):
                step(report=approved, by=cast.county, at=at)

    def test_a_paper_in_another_language_is_for_reading(self, township, county, cast, today, at):
        english = a_report(county.dongping, cast.township, today, language="en")
        with pytest.raises(filing.FilingRefused):
            filing.submit(report=english, by=cast.township, at=at)

    def test_whose_turn_it_is_follows_the_steps(self, draft, cast, at):
        assert [list(waiting_for(user)) for user in (cast.township, cast.county)] == [[draft], []]
        filing.submit(report=draft, by=cast.township, at=at)
        assert [list(waiting_for(user)) for user in (cast.township, cast.county)] == [[], [draft]]
        filing.approve(report=draft, by=cast.county, at=at)
        assert [list(waiting_for(user)) for user in (cast.township, cast.county)] == [[], []]

    def test_the_diagram_is_the_table(self, settings):
        written = (settings.BASE_DIR / "docs/states.md").read_text(encoding="utf-8")
        assert STATES.diagram("report") in written


class TestFrozen:
    def test_what_was_handed_in_is_not_counted_again(self, handed_in, cast):
        with pytest.raises(requests.AlreadyFiled):
            requests.count_again(report=handed_in, by=cast.township)

    def test_not_even_by_hand(self, handed_in):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=handed_in.pk).update(figures={"rows": [], "together": {}})

    def test_late_facts_are_told_with_both_figures(self, handed_in, county, today):
        assert differences_now(report=handed_in, on=today) == []
        a_person(a_household(county.lianhe))
        told = {
            (each.row["code"] and each.row["name"], each.column.code): (each.was, each.now)
            for each in differences_now(report=handed_in, on=today)
        }
        assert told["联合村村委会", "residents"] == (3, 4)
        assert told["", "residents"] == (4, 5)

    def test_the_nightly_look_notes_how_many(self, handed_in, county, today, at):
        assert look_for_late_facts(on=today, at=at) == 0
        a_person(a_household(county.lianhe))
        assert look_for_late_facts(on=today, at=at) == 1
        handed_in.refresh_from_db()
        assert handed_in.late_figures > 0

    def test_a_correction_is_a_further_edition_beside_the_first(self, approved, county, cast, at):
        before = dict(approved.figures)
        a_person(a_household(county.lianhe))
        second = filing.correct(report=approved, reason="补录一户", by=cast.township)
        making.make_report(report_id=second.pk, at=at)
        approved.refresh_from_db()
        second.refresh_from_db()
        assert (second.edition, second.corrects, second.filing) == (2, approved, Filing.DRAFT)
        assert approved.figures == before
        assert second.figures["together"]["residents"][1] == 5
        assert filing.correct(report=approved, reason="再补", by=cast.township) == second

    def test_only_an_approved_report_is_corrected(self, handed_in, cast):
        with pytest.raises(filing.FilingRefused):
            filing.correct(report=handed_in, reason="补录", by=cast.township)


class TestPages:
    def test_the_officer_hands_in_from_the_page(self, draft, cast, signed_in):
        client = signed_in(cast.township)
        assert client.get(reverse("reports:report", args=[draft.pk])).context["may_submit"]
        assert client.get(reverse("reports:submit", args=[draft.pk])).status_code == 200
        client.post(reverse("reports:submit", args=[draft.pk]))
        draft.refresh_from_db()
        assert draft.filing == Filing.SUBMITTED

    def test_returning_needs_words_and_keeps_them(self, handed_in, cast, signed_in):
        client, url = signed_in(cast.county), reverse("reports:send_back", args=[handed_in.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        client.post(url, {"reason": "住院数不对"})
        page = signed_in(cast.township).get(reverse("reports:report", args=[handed_in.pk]))
        assert "住院数不对" in page.content.decode()

    def test_a_refused_step_says_so_and_changes_nothing(self, draft, cast, signed_in):
        client = signed_in(cast.county)
        page = client.post(reverse("reports:submit", args=[draft.pk]), follow=True)
        assert "别人不能代报" in page.content.decode()
        draft.refresh_from_db()
        assert draft.filing == Filing.DRAFT

    def test_every_number_of_an_indicator_opens_a_list_as_long_as_it_is(self, draft, cast, signed_in):
        client = signed_in(cast.township)
        tables = client.get(reverse("reports:report", args=[draft.pk])).context["tables"]
        cells = [
            cell
            for table in tables
            for row in [*table.rows, table.together]
            for cell, (_name, unit) in zip(row.cells, table.heads, strict=True)
            if unit != "%" and "/lists/" in cell.url
        ]
        counted = [cell for cell in cells if cell.text.isdigit()]
        assert len(counted) > 30
        wrong = [
            (cell.url, cell.text, client.get(cell.url).context["count"])
            for cell in counted
            if client.get(cell.url).context["count"] != int(cell.text)
        ]
        assert wrong == []

    def test_an_approved_one_offers_its_correction(self, approved, cast, signed_in):
        client, url = signed_in(cast.township), reverse("reports:correct", args=[approved.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        answer = client.post(url, {"reason": "补录"})
        assert answer.url == reverse("reports:report", args=[approved.corrected_by.pk])

    def test_any_days_may_be_asked_for_across_years(self, county, cast, signed_in):
        data = {"kind": "layers", "area": county.dongping.pk, "month": "", "language": "zh-hans"}
        client = signed_in(cast.township)
        client.post(reverse("reports:reports"), data | {"since": "2019-01-01", "until": "2020-10-31"})
        report = Report.objects.get()
        assert (report.since, report.until) == (date(2019, 1, 1), date(2020, 10, 31))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"since": "2020-02-01", "until": "2020-01-01"}, "until"),
            ({"since": "2020-02-01", "until": ""}, "until"),
            ({"since": "", "until": "2020-02-01"}, "since"),
            ({"since": "2999-01-01", "until": "2999-02-01"}, "since"),
            ({"since": "", "until": ""}, "month"),
            ({"since": "gestern", "until": "2020-02-01"}, "since"),
            ({"kind": "payers", "month": "2020-02"}, "area"),
        ],
        ids=str,
    )
    def test_what_cannot_be_made_is_told_beside_its_field(self, county, cast, signed_in, wrong, field):
        data = {"kind": "layers", "area": county.dongping.pk, "month": "", "language": "zh-hans"}
        answer = signed_in(cast.township).post(reverse("reports:reports"), data | wrong)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors

    def test_the_list_is_narrowed_by_month_kind_and_state(self, draft, cast, signed_in, today):
        client, url = signed_in(cast.township), reverse("reports:reports")
        for query, count in (
            ({"month": f"{today:%Y-%m}"}, 1),
            ({"kind": "layers"}, 0),
            ({"filing": "approved"}, 0),
            ({"mine": "1"}, 1),
            ({"month": f"{today - timedelta(400):%Y-%m}", "kind": "x"}, 1),
        ):
            assert len(client.get(url, query).context["reports"]) == count, query
