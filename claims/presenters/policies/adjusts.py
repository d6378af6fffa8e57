"""What changes in a layer for some: "registered poor: deductible × 50 %, 10 points more"."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from claims.policy.layers import Adjust
from claims.presenters.policies.bands import band_words
from claims.presenters.policies.conditions import condition_words
from claims.presenters.policies.numbers import HUNDRED, by_level, listed, percent


def adjust_words(adjust: Adjust) -> str:
    changes = [say(getattr(adjust, name)) for name, say in _CHANGES.items() if _set(adjust, name)]
    who = condition_words(adjust.when)
    words = _("%(who)s: %(changes)s") % {"who": who, "changes": listed(changes)}
    return _("%(words)s (%(clause)s)") % {"words": words, "clause": adjust.clause} if adjust.clause else words


def _set(adjust: Adjust, name: str) -> bool:
    return getattr(adjust, name) not in (None, False)


def _points(points: Decimal) -> str:
    more = points >= 0
    words = _("%(points)s points more") if more else _("%(points)s points less")
    return words % {"points": f"{(abs(points) * HUNDRED).normalize():f}"}


_CHANGES: dict[str, Callable[[Any], str]] = {
    "deductible": lambda table: _("deductible %(amount)s") % {"amount": by_level(table)},
    "deductible_factor": lambda share: (
        _("no deductible") if not share else _("deductible × %(share)s") % {"share": percent(share)}
    ),
    "rate": lambda table: _("share paid %(rate)s") % {"rate": by_level(table, "percent")},
    "rate_plus": _points,
    "rate_factor": lambda share: _("share paid × %(share)s") % {"share": percent(share)},
    "bands": lambda bands: _("bands: %(bands)s") % {"bands": band_words(bands)},
    "ceiling_visit": lambda table: _("ceiling of a bill %(amount)s") % {"amount": by_level(table)},
    "ceiling_year": lambda table: _("ceiling of a year %(amount)s") % {"amount": by_level(table)},
    "ceiling_factor": lambda share: _("ceilings × %(share)s") % {"share": percent(share)},
    "no_ceiling": lambda _flag: _("no ceiling"),
    "target": lambda table: _("target %(rate)s") % {"rate": by_level(table, "percent")},
    "cap": lambda table: _("cap of self-pay %(amount)s") % {"amount": by_level(table)},
}
