"""Which village a register means: names as offices write them, within the user's area."""

import re
from collections import defaultdict
from typing import Any

from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.base.names import fold

_COMMITTEE = re.compile(r"(社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|委员会)$")
_VILLAGE = re.compile(r"(社区|村)$")
_TOWNSHIP = re.compile(r"(街道办事处|办事处|人民政府|街道|民族乡|乡|镇)$")


def township_core(name: str) -> str:
    folded = fold(name)
    return _TOWNSHIP.sub("", folded) or folded


def village_forms(name: str) -> list[str]:
    """From the full name to its bare core: 联合村村委会, 联合村, 联合."""
    folded = fold(name)
    middle = _COMMITTEE.sub("", folded) or folded
    return list(dict.fromkeys([folded, middle, _VILLAGE.sub("", middle) or middle]))


class VillageFinder:
    """Looks names up among the villages the user may write to."""

    def __init__(self, user: User) -> None:
        self.by_both: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.known: dict[tuple[str | None, str], tuple[int | None, str]] = {}
        for village in Area.objects.filter(pk__in=village_ids(user)).select_related("parent"):
            township = township_core(village.parent.name if village.parent else "")
            for form in village_forms(village.name):
                self.by_both[township, form].add(village.pk)
                self.by_name[form].add(village.pk)

    def find(self, township: str | None, village: str | None) -> tuple[int | None, str]:
        """(village id, '') or (None, code of the problem). The longest form that names one village wins."""
        if not village:
            return None, "area_missing"
        if (township, village) not in self.known:
            self.known[township, village] = self._look_up(township, village)
        return self.known[township, village]

    def _look_up(self, township: str | None, village: str) -> tuple[int | None, str]:
        several = False
        for form in village_forms(village):
            found = self._candidates(township, form)
            if len(found) == 1:
                return next(iter(found)), ""
            several = several or len(found) > 1
        return None, "area_ambiguous" if several else "area_unknown"

    def _candidates(self, township: str | None, form: str) -> set[int]:
        found: Any = self.by_both[township_core(township), form] if township else self.by_name[form]
        return set(found)
