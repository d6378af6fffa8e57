"""The record of a person for tests: health classes, the file itself, campaigns, uses of benefits."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import User
from households.models import BenefitUse, ExamCampaign, HealthClassPeriod, HealthRecord, Person

DAY = date(2026, 3, 2)


def a_class_period(person: Person, health_class: str = "healthy", **more: Any) -> HealthClassPeriod:
    first, past = more.pop("first", DAY), more.pop("past", None)
    fields = {"period": DateRange(first, past), "rule": "no_findings", **more}
    return HealthClassPeriod.objects.create(person=person, health_class=health_class, **fields)


def a_class_by_hand(person: Person, by: User, **more: Any) -> HealthClassPeriod:
    hand = {
        "basis": "override",
        "rule": "",
        "reason": "术后恢复期",
        "holds_until": date(2026, 9, 1),
        "by": by,
    }
    return a_class_period(person, more.pop("health_class", "major"), **{**hand, **more})


def a_health_record(person: Person, **more: Any) -> HealthRecord:
    fields = {"archive_number": "43030400110100001", "made_on": date(2019, 4, 1), "updated_on": DAY}
    return HealthRecord.objects.create(person=person, **{**fields, **more})


def a_campaign(county: Any, by: User, **more: Any) -> ExamCampaign:
    fields = {"year": 2026, "opens_on": date(2026, 3, 1), "due_on": date(2026, 10, 31), "by": by}
    return ExamCampaign.objects.create(area=county, **{**fields, **more})


def a_benefit_use(person: Person, by: User, **more: Any) -> BenefitUse:
    fields = {"benefit": "free_consultation", "used_on": DAY, "giver": "村卫生室", "by": by}
    return BenefitUse.objects.create(person=person, **{**fields, **more})
