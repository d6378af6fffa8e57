"""Numbers of a policy as its officers say them: 12,000 yuan, 90 %, by level of hospital."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from claims.policy.explanation import word
from claims.policy.facts import LEVELS
from claims.policy.layers import OTHER

HUNDRED = Decimal(100)


def language() -> str:
    return get_language() or "zh-hans"


def yuan(amount: Decimal) -> str:
    """12,000 or 4,549.20: fen only where there are any."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def in_yuan(amount: Decimal) -> str:
    return _("%(amount)s yuan") % {"amount": yuan(amount)}


def percent(share: Decimal) -> str:
    return f"{(share * HUNDRED).normalize():f} %"


def by_level(table: Mapping[Any, Decimal], written: str = "yuan") -> str:
    """One number for all, or each level with its own. `written` is yuan or percent."""
    say = percent if written == "percent" else in_yuan
    if set(table) == {OTHER} or len({*table.values()}) == 1:
        return say(next(iter(table.values())))
    known = [(level_name(level), say(table[level])) for level in LEVELS if level in table]
    if OTHER in table:
        known.append((level_name(OTHER), say(table[OTHER])))
    return listed([f"{name} {amount}" for name, amount in known])


def level_name(level: str) -> str:
    return pgettext("hospital levels", "elsewhere") if level == OTHER else word(level, language())


def listed(words: list[str]) -> str:
    return ("、" if language().startswith("zh") else ", ").join(words)


def joined(sentences: list[str]) -> str:
    return ("；" if language().startswith("zh") else "; ").join(sentences)
