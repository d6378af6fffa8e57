"""The usual numbers of a policy: where each stands in the text, and what it is called on the form."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from claims.policy.kinds import Split
from claims.policy.layers import OTHER, Measured
from claims.policy.schema import Policy
from claims.presenters.policies.conditions import condition_words
from claims.presenters.policies.numbers import language, level_name, yuan
from claims.presenters.policies.words import LABELS

Path = tuple[str | int, ...]
IN_PERCENT = {"rate", "target", "share", "rate_plus", "deductible_factor", "rate_factor", "ceiling_factor"}
IN_PERCENT |= {"rate_per_year_of_age"}
# A share below 2 % is a slip for a share written as 0.9; these may be that small, or below nothing.
SMALL = {"rate_plus", "rate_per_year_of_age"}
OF_LAYER = (
    *("rate", "rate_per_year_of_age", "target", "share", "cap", "deductible", "base_ceiling"),
    *("base_month", "ceiling_visit", "ceiling_month", "ceiling_year"),
)
OF_ADJUST = (
    *("rate", "rate_plus", "rate_factor", "target", "cap", "deductible", "deductible_factor"),
    *("ceiling_visit", "ceiling_year", "ceiling_factor"),
)


@dataclass(frozen=True)
class Place:
    """One number. `is_optional`: it may be left out, then the line goes."""

    path: Path
    label: str
    unit: str
    is_optional: bool = False

    @property
    def is_percent(self) -> bool:
        return self.unit == "%"

    @property
    def is_share(self) -> bool:
        """A part of a whole of which less than two per cent is hardly meant."""
        return self.is_percent and self.path[-1] not in SMALL


@dataclass(frozen=True)
class Group:
    """The numbers of one layer, or of the discounts before all layers."""

    title: str
    note: str
    places: tuple[Place, ...]


def groups(policy: Policy, text: str) -> list[Group]:
    """The numbers that stand in the text, by layer, and the usual ones that could."""
    raw = tomllib.loads(text, parse_float=Decimal)
    found = []
    for number, one in enumerate(policy.discounts):
        place = Place(("discounts", number, "rate"), str(LABELS["rate"]), "%")
        found.append(Group(one.label.get(language()), one.clause, (place,)))
    for number, layer in enumerate(policy.layers):
        places = tuple(_of_layer(layer, raw["layers"][number], ("layers", number)))
        if places:
            found.append(Group(layer.label.get(language()), layer.clause, places))
    return found


def _of_layer(layer: Any, raw: dict[str, Any], path: Path) -> Iterator[Place]:
    for name in OF_LAYER:
        if name in raw:
            yield from _number(raw[name], (*path, name), _label(name), name.startswith("ceiling"))
        elif _could_have(layer, name):
            yield Place((*path, name), _label(name), _unit(name), is_optional=True)
    yield from _bands(raw, path, "")
    for number, adjust in enumerate(layer.adjust):
        written = raw["adjust"][number]
        who = condition_words(adjust.when)
        at = (*path, "adjust", number)
        for name in OF_ADJUST:
            if name in written:
                yield from _number(written[name], (*at, name), f"{_label(name)} · {who}", False)
        yield from _bands(written, at, f" · {who}")


def _could_have(layer: Any, name: str) -> bool:
    if name == "deductible":
        return isinstance(layer, Measured)
    return name in ("ceiling_visit", "ceiling_year") and not isinstance(layer, Split)


def _number(written: Any, path: Path, label: str, is_optional: bool) -> Iterator[Place]:
    """A single number, or one for each level of hospital."""
    unit = _unit(str(path[-1]))
    if not isinstance(written, dict):
        yield Place(path, label, unit, is_optional)
        return
    for level in written:
        name = level_name(level) if len(written) > 1 or level != OTHER else ""
        yield Place((*path, level), f"{label} · {name}" if name else label, unit)


def _bands(raw: dict[str, Any], path: Path, more: str) -> Iterator[Place]:
    lower = "0"
    for number, band in enumerate(raw.get("bands", ())):
        at = (*path, "bands", number)
        if "upto" in band:
            words = _("Band %(number)s: up to") % {"number": number + 1}
            yield Place((*at, "upto"), words + more, _("yuan"))
        words = _("Band %(number)s: share above %(lower)s") % {"number": number + 1, "lower": lower}
        yield Place((*at, "rate"), words + more, "%")
        lower = yuan(Decimal(band["upto"])) if "upto" in band else lower


def _unit(name: str) -> str:
    return "%" if name in IN_PERCENT else _("yuan")


def _label(name: str) -> str:
    own = {
        "rate_plus": _("Points more"),
        "rate_factor": _("Share paid, times"),
        "deductible_factor": _("Deductible, times"),
        "ceiling_factor": _("Ceilings, times"),
        "rate_per_year_of_age": _("More for each year of age"),
        "share": _("Share of the first payer"),
    }
    return own.get(name) or str(LABELS[name])
