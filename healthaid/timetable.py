"""When what happens, in Asia/Shanghai. Each line names one task; a second scheduler does no harm."""

from celery.schedules import crontab, schedule


def _not_later_than(seconds: int) -> dict[str, dict[str, int]]:
    """While workers are busy rings do not pile up before what people wait for, an import for instance."""
    return {"options": {"expires": seconds}}


TIMETABLE = {
    "summaries of the day": {"task": "healthaid.nightly_summaries", "schedule": crontab(hour=0, minute=5)},
    "nightly duties": {"task": "healthaid.nightly_duties", "schedule": crontab(hour=1, minute=0)},
    "nightly books": {"task": "healthaid.nightly_books", "schedule": crontab(hour=2, minute=30)},
    "papers taken off": {"task": "healthaid.forget_papers", "schedule": crontab(hour=3, minute=30)},
    "late facts": {"task": "healthaid.late_facts", "schedule": crontab(hour=5, minute=0)},
    "morning reminders": {"task": "healthaid.morning_reminders", "schedule": crontab(hour=7, minute=30)},
    "daily escalation": {"task": "healthaid.daily_escalation", "schedule": crontab(hour=8, minute=0)},
    "hourly escalation": {"task": "healthaid.hourly_escalation", "schedule": crontab(minute=5)},
    "monthly reports": {
        "task": "healthaid.monthly_reports",
        "schedule": crontab(day_of_month=1, hour=2, minute=0),
    },
    "burden warnings": {
        "task": "healthaid.burden_warnings",
        "schedule": crontab(day_of_month=1, hour=4, minute=0),
    },
    "licence expiry": {
        "task": "healthaid.licence_expiry",
        "schedule": crontab(day_of_month=1, hour=7, minute=45),
    },
    "contract renewals": {
        "task": "healthaid.contract_renewals",
        "schedule": crontab(day_of_week=1, hour=7, minute=50),
    },
    "summaries checked": {"task": "healthaid.check_summaries", "schedule": crontab(hour=22, minute=30)},
    "summaries": {"task": "healthaid.refresh_summaries", "schedule": schedule(20), **_not_later_than(20)},
    "outbox": {"task": "healthaid.send_messages", "schedule": schedule(30)},
    "suspicions": {"task": "healthaid.follow_suspicions", "schedule": schedule(60), **_not_later_than(60)},
    "sweeper": {"task": "healthaid.sweep", "schedule": schedule(60)},
    "catch up": {"task": "healthaid.catch_up", "schedule": crontab(minute="*/10")},
    "heartbeat": {"task": "healthaid.heartbeat", "schedule": schedule(20)},
}
