"""A phone as docs/offline.md describes it: every record is kept until the server's verdict on it has arrived."""

import http.client
import json
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

BATCH = 20
FINAL = frozenset({"accepted", "repeated", "conflict", "refused"})


@dataclass
class Record:
    """One body with what the phone knows of it. `verdict` is empty until the server has given one."""

    body: dict[str, Any]
    poisoned: bool = False
    verdict: str = ""
    sha256: str = ""

    @property
    def number(self) -> str:
        return str(self.body["client_id"])


class Unanswered(Exception):
    """No answer, or one that means: keep everything and try again."""


@dataclass
class Phone:
    """`sign_in` gives a fresh session cookie; the session may be taken away at any time."""

    port: int
    sign_in: Any
    dice: random.Random
    device: str = field(default_factory=lambda: str(uuid4()))
    records: list[Record] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    sequence: int = 0
    epoch: str = ""
    session: str = ""
    token: str = ""

    def keep(self, body: dict[str, Any], *, poisoned: bool = False) -> Record:
        """Saved on the phone before anything is sent."""
        self.sequence += 1
        body = {**body, "device_id": self.device, "device_seq": self.sequence}
        record = Record(body, poisoned)
        self.records.append(record)
        return record

    def mend(self, record: Record, answers: dict[str, Any]) -> Record:
        """The same number, the same running number, another body."""
        mended = Record({**record.body, "answers": answers})
        self.records.append(mended)
        return mended

    def unsent(self) -> list[Record]:
        return [record for record in self.records if record.verdict not in FINAL]

    def send(self, *, shuffled: bool = True) -> None:
        """Some of what waits, in any order, some of it twice, sometimes with what has been received long ago."""
        waiting = self.unsent()
        if shuffled:
            self.dice.shuffle(waiting)
        chosen = waiting[: self.dice.randint(1, BATCH) if shuffled else BATCH]
        if shuffled and self.dice.random() < 0.2:
            known = [record for record in self.records if record.verdict in FINAL]
            chosen = [*chosen, *self.dice.sample(known, min(2, len(known))), *chosen[:2]][:BATCH]
            self.dice.shuffle(chosen)
            self.seen["sent again"] += 1
        if chosen:
            self._take(chosen, self._ask("visits", self._batch(chosen)))

    def send_twice_at_once(self) -> None:
        """The network delivers one request two times, both at the same moment."""
        chosen = self.unsent()[:BATCH]
        if not chosen:
            return
        body = self._batch(chosen)
        second = threading.Thread(target=self._deliver_unheard, args=(body,))
        second.start()
        try:
            self._take(chosen, self._ask("visits", body))
        finally:
            second.join()
        self.seen["delivered twice at once"] += 1

    def send_and_die(self) -> None:
        """The browser is killed after the request has left: the answer is never read."""
        chosen = self.unsent()[:BATCH]
        if chosen:
            self._deliver_unheard(self._batch(chosen), hear=False)
            self.seen["answers never read"] += 1

    def ask_epoch(self) -> None:
        """A sign of life, as a phone gives when it has nothing to send."""
        self._look_at(self._ask("visits", {"device": self.device, "items": []})["epoch"])

    def _batch(self, chosen: list[Record]) -> dict[str, Any]:
        return {"epoch": self.epoch, "device": self.device, "items": [record.body for record in chosen]}

    def _take(self, chosen: list[Record], answer: dict[str, Any]) -> None:
        results = answer["results"]
        assert [result["client_id"] for result in results] == [record.number for record in chosen]
        for record, result in zip(chosen, results, strict=True):
            record.sha256 = result["sha256"]
            if record.verdict not in FINAL or result["status"] != "repeated":
                record.verdict = result["status"]
            self.seen[f"verdict {result['status']}"] += 1
        self._look_at(answer["epoch"])

    def _look_at(self, epoch: str) -> None:
        """Other data than before: whatever was received then may be unknown now."""
        if self.epoch and epoch != self.epoch:
            self.seen["epochs"] += 1
            self._offer_again()
        self.epoch = epoch

    def _offer_again(self) -> None:
        acknowledged = [record for record in self.records if record.sha256]
        for first in range(0, len(acknowledged), 500):
            part = acknowledged[first : first + 500]
            items = [{"client_id": record.number, "sha256": record.sha256} for record in part]
            results = self._ask("known", {"items": items})["results"]
            for record, result in zip(part, results, strict=True):
                record.verdict = result["status"] if result["known"] else ""
                self.seen["offered again"] += record.verdict not in FINAL

    def _ask(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        if not self.session:
            self.session = self.sign_in()
            self.seen["signed in"] += 1
        status, answer = self._post(f"/sync/{name}", body)
        if status == 200:
            return answer
        if status == 401:
            assert answer == {"code": "signed_out"}
            self.session = ""
        elif status == 403:
            assert answer == {"code": "csrf"}
            self._renew_token()
        self.seen[f"status {status}"] += 1
        raise Unanswered

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return self._call("POST", path, json.dumps(body).encode())

    def _renew_token(self) -> None:
        self._call("GET", f"/sync/state?device={self.device}", b"")

    def _headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={self.token}"
        return {"Cookie": cookies, "X-CSRFToken": self.token, "Content-Type": "application/json"}

    def _call(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, self._headers())
            answer = line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.seen["no answer"] += 1
            raise Unanswered from error
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.token = value.split(";")[0].partition("=")[2]
        if answer.status >= 500:
            self.seen[f"status {answer.status}"] += 1
            raise Unanswered
        return answer.status, json.loads(text)

    def _deliver_unheard(self, body: dict[str, Any], *, hear: bool = True) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("POST", "/sync/visits", json.dumps(body).encode(), self._headers())
            if hear:
                line.getresponse().read()
        except (OSError, http.client.HTTPException):
            self.seen["no answer"] += 1
        finally:
            line.close()
