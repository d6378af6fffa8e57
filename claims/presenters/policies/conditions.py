"""For whom and when a layer holds, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from claims.policy.conditions import Condition
from claims.policy.explanation import word
from claims.presenters.policies.numbers import joined, language, listed


def condition_words(condition: Condition | None) -> str:
    """Everything that must hold, as one line; nothing for no condition."""
    if condition is None:
        return ""
    parts = [say(getattr(condition, name)) for name, say in _QUESTIONS.items() if _asked(condition, name)]
    parts += [condition_words(part) for part in condition.all]
    if condition.any:
        parts.append(_("either %(parts)s") % {"parts": _(" or ").join(map(condition_words, condition.any))})
    if condition.not_:
        parts.append(_("not where: %(parts)s") % {"parts": condition_words(condition.not_)})
    return joined(parts)


def _asked(condition: Condition, name: str) -> bool:
    value = getattr(condition, name)
    return value is not None and value != ()


def _codes(codes: tuple[str, ...]) -> str:
    return listed([word(code, language()) for code in codes])


def _one_of(say: Callable[[], str]) -> Callable[[Any], str]:
    return lambda codes: say() % {"which": _codes(codes)}


def _flag(holds: Callable[[], str], fails: Callable[[], str]) -> Callable[[Any], str]:
    return lambda wanted: holds() if wanted else fails()


_QUESTIONS: dict[str, Callable[[Any], str]] = {
    "care": _codes,
    "level": _codes,
    "identity": _codes,
    "holds": _one_of(lambda: _("also holds: %(which)s")),
    "enrolled": _one_of(lambda: _("enrolled in: %(which)s")),
    "cause": _one_of(lambda: _("cause of poverty: %(which)s")),
    "diagnosis": lambda codes: _("diagnosis beginning with %(which)s") % {"which": listed([*codes])},
    "disease": _one_of(lambda: _("diseases: %(which)s")),
    "referral": _one_of(lambda: _("referral: %(which)s")),
    "in_county": _flag(lambda: _("treated in the county"), lambda: _("treated outside the county")),
    "designated": _flag(lambda: _("designated hospital"), lambda: _("hospital that is not designated")),
    "age_from": lambda age: _("aged %(age)s or more") % {"age": age},
    "age_below": lambda age: _("younger than %(age)s") % {"age": age},
    "stay_from": lambda first: _("from stay number %(first)s of the year on") % {"first": first},
    "item_class": _one_of(lambda: _("the bill holds: %(which)s")),
    "continued": _flag(
        lambda: _("the part after New Year of a divided stay"),
        lambda: _("not the part after New Year of a divided stay"),
    ),
}
