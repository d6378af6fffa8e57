"""What a name can be found by: pinyin, initials, and the one- and two-character pieces of the name itself."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase
from typing import Any

import opencc

# Names are read character by character: the library's phrases would only lengthen every start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, lazy_pinyin

# Surnames whose reading differs from the character's common one.
_READINGS = """
    单shan 仇qiu 曾zeng 解xie 区ou 查zha 任ren 盖ge 朴piao 秘bi 冼xian 洗xian 尉yu 黑he 盛sheng 乐yue 缪miao
    翟zhai 员yun 折she 种chong 召shao 华hua 宁ning 覃qin
    长孙zhangsun 尉迟yuchi 澹台tantai 万俟moqi 令狐linghu
"""
SURNAMES = {
    word.rstrip(ascii_lowercase): word.lstrip(word.rstrip(ascii_lowercase)) for word in _READINGS.split()
}
_DOUBLE_INITIALS = {"长孙": "zs", "尉迟": "yc", "澹台": "tt", "万俟": "mq", "令狐": "lh"}
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
    return str(_simplify(kept)).lower()


def grams(text: str) -> list[str]:
    """Every one- and two-character piece, without repeats."""
    pieces = [*text, *(text[i : i + 2] for i in range(len(text) - 1))]
    return list(dict.fromkeys(pieces))


def _kept(characters: str) -> Any:
    """What has no pinyin stays as it is, character by character."""
    return list(characters)


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=_kept))


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
    """The stored search columns of one name, read character by character: names follow no dictionary."""
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
