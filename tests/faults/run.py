"""One run: phones at work while workers die, sessions end, and the database is put back to an earlier hour."""

import random
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils import timezone

from followups.services.sync import sweep_submissions
from tests.faults.audit import Findings, audit
from tests.faults.phone import Unanswered
from tests.faults.server import Plant
from tests.faults.world import Beat, Doctor, Phone, a_world, signer

PHONES = (0, 0, 1, 2, 2)
PATIENCE = 300
AHEAD = 40


@dataclass
class Run:
    submissions: int
    seed: int
    restores: int
    plant: Plant
    errors: list[str] = field(default_factory=list)
    is_over: bool = False
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.today = timezone.localdate()
        beats = a_world(self.today, people=max(12, self.submissions // 40))
        connections.close_all()
        self.doctors = [self._doctor(beats[place], number) for number, place in enumerate(PHONES)]
        for one, other in ((0, 1), (3, 4)):
            self.doctors[one].elsewhere = self.doctors[other].phone.records
            self.doctors[other].elsewhere = self.doctors[one].phone.records

    def _doctor(self, beat: Beat, number: int) -> Doctor:
        phone = Phone(self.plant.port, signer(beat.doctor), random.Random(f"{self.seed} phone {number}"))
        return Doctor(phone, beat, random.Random(f"{self.seed} doctor {number}"), self.today)

    @property
    def saved(self) -> int:
        return sum(len(doctor.phone.records) for doctor in self.doctors)

    @property
    def working(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    @property
    def answered(self) -> int:
        return self.saved - sum(len(doctor.phone.unsent()) for doctor in self.doctors)

    def go(self) -> dict[str, Any]:
        begun = time.monotonic()
        self.plant.start()
        self.threads = [
            threading.Thread(target=self._guarded, args=(self._work, doctor)) for doctor in self.doctors
        ]
        reaper = threading.Thread(target=self._guarded, args=(self._reap,))
        for thread in [*self.threads, reaper]:
            thread.start()
        self._guarded(self._put_back)
        for thread in self.threads:
            thread.join()
        self.is_over = True
        reaper.join()
        self._drain()
        found = audit([record for doctor in self.doctors for record in doctor.phone.records])
        return self._report(found, time.monotonic() - begun)

    def _guarded(self, work: Any, *given: Any) -> None:
        try:
            work(*given)
        except Exception:
            self.errors.append(traceback.format_exc())
        finally:
            connections.close_all()

    def _work(self, doctor: Doctor) -> None:
        share = self.submissions // len(self.doctors) + (doctor is self.doctors[0]) * (
            self.submissions % len(self.doctors)
        )
        while not self.errors:
            unsent, is_done = doctor.phone.unsent(), len(doctor.phone.records) >= share
            waiting = len(unsent)
            if is_done and all(record.verdict == "later" for record in unsent):
                return
            if not is_done and waiting < AHEAD:
                doctor.work()
            if is_done or waiting >= AHEAD or doctor.dice.random() < 0.25:
                doctor.talk()
            if self.plant.is_down:
                time.sleep(0.1)

    def _reap(self) -> None:
        while not self.is_over and not self.errors:
            time.sleep(self.dice.uniform(0.8, 3))
            self.plant.kill_a_worker(self.dice)

    def _put_back(self) -> None:
        """A backup early in each stretch, a restore of it late in it."""
        for number in range(self.restores):
            stretch = self.submissions / self.restores
            self._until(stretch * (number + 0.3))
            self.plant.back_up()
            self._until(stretch * (number + 0.7))
            self.plant.restore()

    def _until(self, answered: float) -> None:
        while self.answered < answered and not self.errors and self.working:
            time.sleep(0.05)

    def _drain(self) -> None:
        """Nothing goes wrong any more: every phone sends until it has a verdict on everything."""
        deadline = time.monotonic() + PATIENCE
        while self._someone_waits() and time.monotonic() < deadline and not self.errors:
            for doctor in self.doctors:
                try:
                    doctor.phone.send(shuffled=False) if doctor.phone.unsent() else doctor.phone.ask_epoch()
                except Unanswered:
                    time.sleep(0.05)
            sweep_submissions(at=timezone.now())
            connections.close_all()

    def _someone_waits(self) -> bool:
        epochs = {doctor.phone.epoch for doctor in self.doctors}
        return len(epochs) > 1 or any(doctor.phone.unsent() for doctor in self.doctors)

    def _report(self, found: Findings, seconds: float) -> dict[str, Any]:
        seen: Counter[str] = Counter()
        for doctor in self.doctors:
            seen += doctor.phone.seen
        return {
            "on": timezone.localtime().isoformat(timespec="seconds"),
            "submissions": self.saved,
            "seed": self.seed,
            "seconds": round(seconds),
            "phones": len(self.doctors),
            "workers killed": self.plant.kills,
            "restores from backup": self.plant.restores,
            "faults and deliveries": dict(sorted(seen.items())),
            "kept": dict(sorted(found.counts.items())),
            "lost": len(found.lost),
            "doubled": len(found.doubled),
            "conflicts not kept": len(found.unkept),
            "verdicts that differ": len(found.misjudged),
            "details": [*found.lost, *found.doubled, *found.unkept, *found.misjudged][:50],
            "errors": self.errors[:3],
        }


def run(*, submissions: int, seed: int, restores: int, database_url: str, folder: Path) -> dict[str, Any]:
    plant = Plant(database_url, folder)
    try:
        return Run(submissions, seed, restores, plant).go()
    finally:
        plant.stop()
        plant.remove()
