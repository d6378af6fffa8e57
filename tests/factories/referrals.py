"""Referrals and what stands around them."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from core.accounts.models import Area, User
from core.clinics.models import Institution
from followups.models import Referral
from followups.services.referrals import Wanted, refer
from households.models import Person
from tests.factories.followups import TODAY
from tests.factories.ground import an_institution


def at(day: date = TODAY, hour: int = 9) -> datetime:
    """A time of a day as people of the county read it."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def a_hospital(area: Area, **more: Any) -> Institution:
    kind = more.pop("kind", Institution.Kind.COUNTY_HOSPITAL)
    return an_institution(area, kind, name=more.pop("name", "区人民医院"), **more)


def a_referral(person: Person, by: User, *, to: Institution | None = None, **more: Any) -> Referral:
    """Sent on TODAY at nine for a broken hip, as an emergency unless told otherwise."""
    sent = more.pop("sent", at())
    wanted = Wanted(
        to_institution=to or a_hospital(person.village.county),
        reason=more.pop("reason", "左腿摔伤，疑股骨颈骨折"),
        department=more.pop("department", "骨科"),
        urgency=more.pop("urgency", "emergency"),
        is_priority=more.pop("is_priority", True),
    )
    return refer(person=person, wanted=wanted, by=by, at=sent, **more)
