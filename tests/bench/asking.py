"""Requests against the bare handler: both servers in turn, short rounds, the median of the rounds."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from tests.bench.driving import Drive, drive
from tests.bench.scenes import Scene, scenes
from tests.bench.serving import Served, serving


@dataclass(frozen=True)
class Measured:
    """Rates are requests a second; costs are milliseconds of processor time a request, database included."""

    name: str
    ratio: float
    spread: tuple[float, float]
    ours: float
    bare: float
    our_cost: float
    bare_cost: float
    target: float | None

    @property
    def cost_ratio(self) -> float:
        return self.our_cost / self.bare_cost if self.bare_cost else 0.0


def measure(token: str, on: date, *, rounds: int, only: str = "") -> Iterator[Measured]:
    with (
        serving("healthaid.wsgi:application", "ours") as ours,
        serving("tests.bench.bare:application", "bare") as bare,
    ):
        for scene in scenes(token, on):
            if only in scene.name:
                yield _measured(scene, ours, bare, rounds)


def _measured(scene: Scene, ours: Served, bare: Served, rounds: int) -> Measured:
    _round(scene, ours, bare, scene.count // 2)  # warms statements and caches, not counted
    found = [_round(scene, ours, bare, scene.count) for _n in range(rounds)]
    ratios = [theirs.rate / our.rate for our, theirs, _cost, _bare_cost in found]
    return Measured(
        name=scene.name,
        ratio=median(ratios),
        spread=(min(ratios), max(ratios)),
        ours=median(our.rate for our, *_rest in found),
        bare=median(theirs.rate for _our, theirs, *_rest in found),
        our_cost=median(cost for *_rest, cost, _bare_cost in found),
        bare_cost=median(cost for *_rest, cost in found),
        target=scene.target,
    )


def _round(scene: Scene, ours: Served, bare: Served, count: int) -> tuple[Drive, Drive, float, float]:
    our, cost = _driven(ours, itertools.islice(scene.ours(), count))
    theirs, bare_cost = _driven(bare, itertools.islice(scene.bare(), count))
    wrong = {status: n for status, n in our.statuses.items() if status not in (200, 201)}
    if wrong or set(theirs.statuses) != {200}:
        raise RuntimeError(
            f"{scene.name}: unexpected answers {wrong or theirs.statuses}: {our.sample[:300]!r}"
        )
    return our, theirs, cost / count * 1000, bare_cost / count * 1000


def _driven(served: Served, requests: Iterator[bytes]) -> tuple[Drive, float]:
    before = served.cpu_seconds()
    found = drive(served.port, requests)
    return found, served.cpu_seconds() - before
