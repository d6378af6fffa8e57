"""A small county to work in: two villages, three doctors with five phones, and people with a visit owed."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection
from django.test import Client

from core.accounts.models import User
from core.base.ids import uuid7
from tests.factories.followups import a_duty
from tests.factories.ground import a_cast, a_county
from tests.factories.registry import a_household, a_person
from tests.faults.phone import Phone, Record, Unanswered

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAYS = 28
_gate = Lock()


@dataclass
class Beat:
    """One doctor's people: number and duty of each."""

    doctor: User
    people: list[tuple[str, int]] = field(default_factory=list)


def a_world(today: date, *, people: int) -> list[Beat]:
    county = a_county()
    cast = a_cast(county)
    beats = [Beat(cast.doctor), Beat(cast.colleague), Beat(cast.team_doctor)]
    for number in range(people):
        village = (county.lianhe, county.shunjiang)[number % 2]
        person = a_person(a_household(village), birth_date=date(1955, 3, 9))
        starts = today - timedelta(days=DAYS + 5)
        duty = a_duty(person, starts_on=starts, due_on=today, ends_on=today + timedelta(days=30))
        told = (str(person.uuid), duty.pk)
        beats[number % 2].people.append(told)
        beats[2].people.append(told)
    return beats


def signer(doctor: User) -> Callable[[], str]:
    """Gives a new session, as signing in does."""

    def sign_in() -> str:
        try:
            with _gate:
                client = Client()
                client.force_login(doctor, backend=BACKEND)
                return client.cookies["sessionid"].value
        except DatabaseError as error:
            raise Unanswered from error
        finally:
            connection.close()

    return sign_in


def expire(phone: Phone) -> None:
    """The session ends on the server; the phone finds out when it sends."""
    try:
        with _gate:
            SessionStore(session_key=phone.session).delete()
        phone.seen["sessions ended"] += 1
    except DatabaseError:
        return
    finally:
        connection.close()


@dataclass
class Doctor:
    """Works on one phone: visits, corrections, slips, in an order that the dice give."""

    phone: Phone
    beat: Beat
    dice: random.Random
    today: date
    elsewhere: list[Record] = field(default_factory=list)
    """What lies on the doctor's other phone."""

    def work(self) -> None:
        roll = self.dice.random()
        if roll < 0.70 or not self.phone.records:
            self.visit()
        elif roll < 0.84:
            self.correct()
        elif roll < 0.90:
            self.say_otherwise()
        else:
            self.slip()

    def visit(self) -> None:
        self.phone.keep(self._visit())

    def _visit(self) -> dict[str, Any]:
        person, duty = self.dice.choice(self.beat.people)
        on = self.today - timedelta(days=self.dice.randrange(DAYS))
        body: dict[str, Any] = {
            "client_id": str(uuid7()),
            "person": person,
            "protocol": "hypertension",
            "visited_on": on.isoformat(),
            "mode": self.dice.choice("123"),
            "answers": self._answers(),
        }
        if self.dice.random() < 0.1:
            body["duty"] = duty
        return body

    def correct(self) -> None:
        """A new version of some record, received or not, corrected already or not, from either phone."""
        sound = [record for record in [*self.phone.records, *self.elsewhere] if not record.poisoned]
        if sound:
            old = self.dice.choice(sound[-60:])
            self.phone.keep(
                {**_plain(old.body), "client_id": str(uuid7()), "supersedes": old.number}
                | {"amend_reason": "读错", "answers": self._answers()}
            )

    def say_otherwise(self) -> None:
        """Another body under a number that is in use, as two tabs with one draft would send."""
        old = self.dice.choice(self.phone.records)
        if not old.poisoned:
            self.phone.records.append(Record({**old.body, "answers": self._answers()}))

    def slip(self) -> None:
        """A reading that no form takes; most are mended under their own number."""
        record = self.phone.keep(self._visit() | {"answers": self._answers() | {"sbp": 40}}, poisoned=True)
        if self.dice.random() < 0.7:
            self.phone.mend(record, self._answers())

    def talk(self) -> None:
        """Something goes over the network, in one of the ways things go wrong."""
        ways = [self.phone.send] * 6 + [self.phone.send_twice_at_once, self.phone.send_and_die]
        roll = self.dice.random()
        if roll < 0.03 and self.phone.session:
            expire(self.phone)
        elif roll < 0.06:
            self.phone.token = "x" * 32
        try:
            self.dice.choice(ways)()
        except Unanswered:
            return

    def _answers(self) -> dict[str, Any]:
        usual = {"symptoms": ["1"], "adherence": "1", "adr": "1", "complications": "1", "satisfaction": "5"}
        return {"sbp": self.dice.randint(112, 158), "dbp": self.dice.randint(66, 94), **usual}


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("person", "protocol", "visited_on", "mode")}
