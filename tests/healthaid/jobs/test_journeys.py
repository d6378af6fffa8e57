"""Reminders, the ladder and the timetable, on duties made by hand."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from core.base.jobs import STALE_AFTER, claim_run, fail, finish
from followups.models import Duty, Escalation, Team, TeamMember
from healthaid import tasks
from healthaid.celery import app
from healthaid.journeys import escalation, nightly, reminders
from healthaid.journeys.ladder import Quiet, ladders
from healthaid.outreach.models import Message
from healthaid.timetable import TIMETABLE
from households.models import Household
from tests.factories.ground import a_practitioner, an_institution
from tests.factories.registry import a_household, a_person

ON = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 0, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]


def a_duty(village, *, late: int, team: Team | None = None) -> Duty:
    """One duty whose window ended `late` days before ON."""
    home = a_household(village)
    ends = ON - timedelta(days=late)
    return Duty.objects.create(
        household=home,
        person=a_person(home),
        village=village,
        county=village.county,
        team=team,
        protocol="hypertension",
        rule="chronic_quarterly",
        starts_on=ends - timedelta(days=30),
        due_on=ends,
        ends_on=ends,
    )


@pytest.fixture
def team(county, cast) -> Team:
    clinic = an_institution(county.dongping)
    leader = a_practitioner(clinic, is_general_practitioner=True, user=cast.team_doctor)
    made = Team.objects.create(name="一队", area=county.dongping, institution=clinic)
    TeamMember.objects.create(team=made, practitioner=leader, slot="leader", from_on=date(2026, 1, 1))
    return made


def test_each_doctor_hears_of_their_own_work_once_a_day(county, cast):
    a_duty(county.lianhe, late=4)
    a_duty(county.lianhe, late=0)
    a_duty(county.far, late=9)
    assert reminders.remind_doctors(on=ON) == 3
    assert reminders.remind_doctors(on=ON) == 0
    message = Message.objects.get(user=cast.doctor)
    assert message.context == {"due": 2, "overdue": 1}
    assert not Message.objects.filter(user=cast.colleague).exists()


def test_a_duty_late_for_three_days_reaches_the_team_leader_once(county, cast, team):
    late = a_duty(county.lianhe, late=3, team=team)
    a_duty(county.lianhe, late=2, team=team)
    assert escalation.escalate(on=ON)["leader"] == 1
    assert escalation.escalate(on=ON)["leader"] == 0
    climbed = Escalation.objects.get(step="leader")
    assert (climbed.duty, climbed.told) == (late, cast.team_doctor)
    assert Message.objects.get(user=cast.team_doctor, purpose="escalation_leader").context["count"] == 1


@pytest.mark.parametrize(("late", "step", "who"), [(14, "township", "township"), (30, "county", "county")])
def test_what_stays_late_climbs_to_the_desks(late, step, who, county, cast, team):
    a_duty(county.lianhe, late=late, team=team)
    escalation.escalate(on=ON)
    assert Escalation.objects.get(step=step).told == getattr(cast, who)


def test_a_duty_that_is_done_no_longer_climbs(county, cast, team):
    duty = a_duty(county.lianhe, late=5, team=team)
    Duty.objects.filter(pk=duty.pk).update(state="cancelled", closed_on=ON)
    assert escalation.escalate(on=ON) == {"leader": 0, "township": 0, "county": 0}


def test_each_step_is_written_down_with_who_when_and_how(county, cast, team):
    a_duty(county.lianhe, late=3, team=team)
    escalation.escalate(on=ON)
    step = Escalation.objects.get()
    assert (step.told, step.told_on, step.channel) == (cast.team_doctor, ON, settings.OUTREACH_CHANNEL)
    assert (step.cause, step.seen_at) == ("overdue", None)


def test_nobody_is_told_on_a_quiet_day_and_the_next_working_day_makes_up_for_it(county, cast, team):
    a_duty(county.lianhe, late=3, team=team)
    sunday, monday = date(2026, 5, 24), date(2026, 5, 25)
    assert set(escalation.escalate(on=sunday).values()) == {0}
    assert escalation.escalate(on=monday)["leader"] == 1


@pytest.mark.parametrize(("minutes", "told"), [(-1, 0), (0, 1), (600, 1)])
def test_tuberculosis_climbs_within_the_hour_on_any_day(minutes, told, county, cast, team):
    duty = a_duty(county.lianhe, late=0, team=team)
    until = datetime(2026, 5, 24, 2, tzinfo=UTC)  # a Sunday
    Duty.objects.filter(pk=duty.pk).update(rule="tuberculosis_first", why={"until": until.isoformat()})
    at = until + timedelta(minutes=minutes)
    assert escalation.escalate_by_hour(at=at) == {"leader": told, "township": told, "county": told}
    assert set(escalation.escalate_by_hour(at=at + timedelta(seconds=1)).values()) <= {0, 1 - told}
    assert set(escalation.escalate(on=date(2026, 5, 29)).values()) == {0}


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 10, 1), True),
        (date(2026, 10, 9), False),
        (date(2026, 10, 10), True),
        (date(2026, 2, 17), True),
    ],
)
def test_quiet_days_are_weekdays_dates_of_every_year_and_single_days(day, quiet):
    assert Quiet(weekdays=(6, 7), dates=("10-01", "2026-02-17")).holds(day) is quiet


def test_a_quiet_day_that_is_no_day_is_refused():
    with pytest.raises(ValueError, match="dates"):
        Quiet(dates=("13-45",))


def test_the_night_closes_what_has_lost_its_ground_and_opens_it_again_when_it_is_back(county):
    home = a_household(county.lianhe)
    nightly.make_duties(on=ON)
    Household.objects.filter(pk=home.pk).update(standing="removed")
    assert nightly.make_duties(on=ON)["no_ground"] == 1
    assert Duty.objects.get().close_reason == "no_ground"
    Household.objects.filter(pk=home.pk).update(standing="lifted")
    assert nightly.make_duties(on=ON)["again"] == 1
    duty = Duty.objects.get()
    assert (duty.state, duty.why["again"]) == ("open", ON.isoformat())


def test_a_period_is_run_once_however_many_ring(db):
    run = claim_run(job="a", period="1", at=NOW)
    assert run is not None
    assert claim_run(job="a", period="1", at=NOW) is None
    finish(run=run, at=NOW, detail={})
    assert claim_run(job="a", period="1", at=NOW + timedelta(days=1)) is None
    assert claim_run(job="a", period="2", at=NOW) is not None


def test_a_failed_or_abandoned_run_is_taken_again(db):
    first = claim_run(job="a", period="1", at=NOW)
    fail(run=first, at=NOW, error=ValueError("430399…"))
    again = claim_run(job="a", period="1", at=NOW)
    assert again.attempts == 2
    assert claim_run(job="a", period="1", at=NOW + STALE_AFTER + timedelta(seconds=1)).attempts == 3
    first.refresh_from_db()
    assert "430399" not in str(first.detail)


def test_a_double_scheduler_is_harmless(county, cast):
    today = timezone.localdate()
    duty = a_duty(county.lianhe, late=0)
    Duty.objects.filter(pk=duty.pk).update(starts_on=today, due_on=today, ends_on=today)
    tasks.morning_reminders()
    tasks.morning_reminders()
    assert Message.objects.filter(user=cast.doctor).count() == 1


def test_what_was_missed_today_is_rung_again():
    at_noon = datetime(2026, 5, 20, 12, 0, tzinfo=timezone.get_default_timezone())
    at_two = at_noon.replace(hour=2)
    assert [task.name for task in tasks._missed(at_two)] == [
        "healthaid.nightly_summaries",
        "healthaid.nightly_duties",
    ]
    assert len(tasks._missed(at_noon)) == 7


def test_every_line_of_the_timetable_names_a_task():
    app.loader.import_default_modules()
    assert {line["task"] for line in TIMETABLE.values()} <= set(app.tasks)


def test_every_queue_has_a_worker():
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    queues = routed | {settings.CELERY_TASK_DEFAULT_QUEUE}
    compose = (ROOT / "docker-compose.yml").read_text()
    served = set(re.search(r"celery,[\w,]+", compose).group(0).split(","))
    launched = "".join(path.read_text() for path in (ROOT / "healthaid/launch").rglob("*.py"))
    assert queues <= served
    assert ",".join(["celery", "sync", "messages", "reports", "bulk"]) in launched


def test_the_timetable_stands_in_the_documents():
    text = (ROOT / "docs/jobs.md").read_text()
    for line in TIMETABLE.values():
        assert f"`{line['task']}`" in text
    found = ladders()
    for name, ladder in {**found.ladders, "needs": found.needs, **found.referrals}.items():
        for step in ladder.steps:
            waits = f"{step.after_hours} hours" if ladder.by_hour else step.after_days
            assert f"| {name} | {step.to} | {waits} |" in text
