"""What a name can be found by: pinyin, initials, and the one- and two-character pieces of the name itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import opencc
from pypinyin import Style, lazy_pinyin

# Surnames whose reading differs from the character's common one.
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "区": "ou", "查": "zha", "任": "ren", "盖": "ge",
    "朴": "piao", "秘": "bi", "冼": "xian", "尉": "yu", "黑": "he", "盛": "sheng", "乐": "yue", "缪": "miao",
    "翟": "zhai", "员": "yun", "折": "she", "种": "chong", "召": "shao", "华": "hua", "宁": "ning", "覃": "qin",
    "洗": "xian", "长孙": "zhangsun", "尉迟": "yuchi", "澹台": "tantai", "万俟": "moqi", "令狐": "linghu",
}  # fmt: skip
_simplify = opencc.OpenCC("t2s").convert


@dataclass(frozen=True, slots=True)
class NameKeys:
    folded: str
    pinyin: str
    initials: str
    grams: list[str]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Simplified characters, half width, no spaces, lower case: what is compared and searched."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    kept = "".join(c for c in narrow if not c.isspace() and c not in "·•・．")
    return _simplify(kept).lower()


def grams(text: str) -> list[str]:
    """Every one- and two-character piece, without repeats."""
    pieces = [*text, *(text[i : i + 2] for i in range(len(text) - 1))]
    return list(dict.fromkeys(pieces))


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=lambda chars: list(chars)))


@lru_cache(maxsize=4096)
def _surname(folded: str) -> tuple[str, int]:
    for length in (2, 1):
        if folded[:length] in SURNAMES:
            return SURNAMES[folded[:length]], length
    return "", 0


@lru_cache(maxsize=16384)
def _character(one: str) -> str:
    return "".join(_syllables(one))


def name_keys(name: str) -> NameKeys:
    """The stored search columns of one name. Each character is read alone: names follow no dictionary of words."""
    folded = fold(name)
    surname, used = _surname(folded)
    rest = [_character(c) for c in folded[used:]]
    first = {"长孙": "zs", "尉迟": "yc", "澹台": "tt", "万俟": "mq", "令狐": "lh"}.get(
        folded[:2], surname[:1]
    )
    initials = (first if used else "") + "".join(s[:1] for s in rest)
    return NameKeys(folded, surname + "".join(rest), initials, grams(folded))


def many_name_keys(names: Iterable[str]) -> list[NameKeys]:
    return [name_keys(name) for name in names]
