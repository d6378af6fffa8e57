"""Two phones at one bedside: records that do not agree, one not accepted, a number that never came; and a
visit that arrived after its household had moved."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from core.accounts.models import User
from core.audit.models import Tombstone
from followups.models import Submission, Visit
from followups.services.sync import note_device, receive_visits
from healthaid.demo.numbers import midday, seeded_uuid

DOCTOR, LEADER, FORMER = "doctor1", "team1", "doctor4"
RECENT_DAYS = 30
PAIRS = 2
MOVED_DAYS = 3


def send_from_phones(on: date) -> None:
    """This will let the first village's doctor and team leader send what disagrees or is not accepted."""
    doctor = User.objects.filter(username=DOCTOR).first()
    leader = User.objects.filter(username=LEADER).first()
    if doctor is None or leader is None:
        return
    random = Random(f"phones {on}")  # noqa: S311
    phones = {user.pk: str(seeded_uuid(random, midday(on))) for user in (doctor, leader)}
    met = _visits_of(doctor, on)
    phones |= _from_before_the_move(met[PAIRS + 1 :], random, on)
    for number, visit in enumerate(met[:PAIRS], start=1):
        body = _body(visit, random, on) | {"device_id": phones[leader.pk], "device_seq": number}
        body["answers"] |= {"sbp": (visit.sbp or 130) + 8, "dbp": (visit.dbp or 80) + 4}
        receive_visits(items=[body], by=leader, received_on=on)
    for visit in met[PAIRS : PAIRS + 1]:
        body = _body(visit, random, on) | {
            "device_id": phones[doctor.pk],
            "device_seq": 2,
            "visited_on": str(on),
        }
        body["answers"] |= {"sbp": 13, "dbp": 80, "visit_date": str(on)}
        receive_visits(items=[body], by=doctor, received_on=on)
    noon = datetime.fromtimestamp(midday(on) / 1000, tz=UTC)
    Submission.objects.filter(device_id__in=phones.values()).update(received_at=noon)
    _sign_of_life(phones[leader.pk], leader, on, unsent=0)
    _sign_of_life(phones[doctor.pk], doctor, on, unsent=1)


def _from_before_the_move(met: list[Visit], random: Random, on: date) -> dict[int, str]:
    """A visit by the doctor of the village where the household lived, for the new one to take over."""
    former = User.objects.filter(username=FORMER).first()
    if former is None or not met:
        return {}
    visit, phone = met[0], str(seeded_uuid(random, midday(on)))
    Tombstone.objects.create(
        kind="person",
        key=str(visit.person.uuid) if visit.person else "",
        village_id=former.area_id,
        county_id=visit.county_id,
        reason="moved",
    )
    day = on - timedelta(days=MOVED_DAYS)
    body = _body(visit, random, on) | {"device_id": phone, "device_seq": 1, "visited_on": str(day)}
    body["answers"] |= {"visit_date": str(day)}
    receive_visits(items=[body], by=former, received_on=on)
    return {former.pk: phone}


def _visits_of(doctor: User, on: date) -> list[Visit]:
    """Recent visits for hypertension in the doctor's village, of one person each."""
    found = Visit.objects.visible_to(doctor).filter(
        protocol="hypertension",
        is_current=True,
        sbp__isnull=False,
        visited_on__gte=on - timedelta(days=RECENT_DAYS),
    )
    newest = found.select_related("person").order_by("person_id", "-visited_on").distinct("person_id")
    return list(newest[: PAIRS + 2])


def _body(visit: Visit, random: Random, on: date) -> dict[str, Any]:
    """The same call as another phone noted it, an hour later."""
    written = datetime(visit.visited_on.year, visit.visited_on.month, visit.visited_on.day, 3, 20, tzinfo=UTC)
    return {
        "client_id": str(seeded_uuid(random, midday(on))),
        "person": str(visit.person.uuid) if visit.person else None,
        "protocol": visit.protocol,
        "visited_on": str(visit.visited_on),
        "mode": visit.mode,
        "answers": dict(visit.answers),
        "captured_at": written.isoformat(),
    }


def _sign_of_life(device: str, user: User, on: date, *, unsent: int) -> None:
    at = datetime.fromtimestamp(midday(on) / 1000, tz=UTC)
    oldest = at - timedelta(hours=5) if unsent else None
    note_device(device=device, by=user, at=at, clock=at, unsent=unsent, oldest=oldest)
