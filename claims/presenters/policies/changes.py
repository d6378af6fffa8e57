"""What differs between two versions, in the words of their pages, and the difference of the texts behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.policy.schema import Policy
from claims.presenters.policies.numbers import language
from claims.presenters.policies.words import SaidLayer, said_policy


@dataclass(frozen=True)
class Change:
    """`before` or `after` is empty where a line was added or taken out."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedLayer:
    """`standing` is added, removed, moved or changed."""

    label: str
    standing: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class TextLine:
    """`sign` is + - @ or a blank."""

    sign: str
    words: str


def changed_layers(before: Policy, after: Policy) -> list[ChangedLayer]:
    """Each layer that differs, in the order of the later version; the head first, what is gone last."""
    old = {layer.code: layer for layer in said_policy(before)}
    new = {layer.code: layer for layer in said_policy(after)}
    found = [_head(before, after), *(_layer(old.get(code), layer) for code, layer in new.items())]
    found += [ChangedLayer(layer.label, "removed") for code, layer in old.items() if code not in new]
    order = _order(old, new)
    return [layer for layer in found if layer and (layer.changes or layer.standing != "changed")] + order


def _head(before: Policy, after: Policy) -> ChangedLayer:
    names = (
        (_("Title"), before.policy.title.get(language()), after.policy.title.get(language())),
        (_("In force from"), str(before.policy.valid_from), str(after.policy.valid_from)),
        (_("Day that counts"), day_words(before), day_words(after)),
        (_("Compliant cost"), compliance_words(before), compliance_words(after)),
        (_("Document"), before.policy.document.title, after.policy.document.title),
    )
    changes = tuple(Change(label, old, new) for label, old, new in names if old != new)
    return ChangedLayer(_("The whole policy"), "changed", changes)


def day_words(policy: Policy) -> str:
    """Which day decides identity, enrolment and version."""
    if policy.policy.date_rule == "admission":
        return _("the day of admission")
    return _("the day of discharge")


def compliance_words(policy: Policy) -> str:
    """What does not count as compliant."""
    rules = policy.compliance
    outside = [
        words
        for words, standing in (
            (_("class C"), rules.class_c),
            (_("the own first part of class B"), rules.first_pay),
            (_("what is above the limit price"), rules.over_limit),
        )
        if standing == "outside"
    ]
    return _("without %(what)s") % {"what": _(" and ").join(outside)} if outside else _("the whole bill")


def _layer(before: SaidLayer | None, after: SaidLayer) -> ChangedLayer:
    if before is None:
        return ChangedLayer(after.label, "added", tuple(Change(s.label, "", s.words) for s in after.said))
    return ChangedLayer(after.label, "changed", tuple(_changes(before, after)))


def _changes(before: SaidLayer, after: SaidLayer) -> Iterator[Change]:
    if before.label != after.label:
        yield Change(pgettext("policy layer", "Name"), before.label, after.label)
    old = {line.key: line for line in before.said}
    new = {line.key: line for line in after.said}
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        words = (was.words if was else "", now.words if now else "")
        if words[0] != words[1]:
            yield Change((now or was).label, *words)  # type: ignore[union-attr]


def _order(old: dict[str, SaidLayer], new: dict[str, SaidLayer]) -> list[ChangedLayer]:
    both = [code for code in old if code in new]
    if both == [code for code in new if code in old]:
        return []
    names = [" → ".join(side[code].label for code in side if code in both) for side in (old, new)]
    return [ChangedLayer(_("Order of the layers"), "changed", (Change(_("Order"), *names),))]


def text_lines(before: str, after: str) -> list[TextLine]:
    """The texts line by line, three lines around each change."""
    found = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return [TextLine(line[:1], line if line.startswith("@") else line[1:]) for line in found]
