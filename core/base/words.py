"""Small pieces of text that each language joins in its own way."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def listed(words: Iterable[Any]) -> str:
    """Several words in one line: 甲、乙, or A, B."""
    return pgettext("between items", ", ").join(str(word) for word in words)


def with_note(word: Any, note: Any) -> str:
    """A word and what it is: 张三（户主）, or Zhang San (head of household)."""
    return _("%(word)s (%(note)s)") % {"word": word, "note": note}
