"""Where each value stands in a TOML text, so that one number can be changed and every comment stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BLANK = re.compile(r"[ \t]*")
_BLANK_LINES = re.compile(r"(?:\s|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}\n#]+")


@dataclass
class Spans:
    """`values` from the first to behind the last sign of a value; `keys` the same with its key in front.

    `tails` is where a table's own lines end: a new line goes there. The text must be good TOML."""

    text: str
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    tails: dict[Path, int] = field(default_factory=dict)
    _at: int = 0
    _counts: dict[Path, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        here: Path = ()
        self._skip(_BLANK_LINES)
        while self._at < len(self.text):
            if self.text[self._at] == "[":
                here = self._header()
            else:
                self._pair(here)
            self.tails[here] = self._at
            self._skip(_BLANK_LINES)

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self._at)
        self._at = found.end() if found else self._at

    def _header(self) -> Path:
        """[[layers]] opens the next layer; [layers.when] belongs to the layer opened last."""
        many = self.text.startswith("[[", self._at)
        self._at += 2 if many else 1
        names = self._names()
        self._at += 2 if many else 1
        path: Path = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if many and place == len(names) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _names(self) -> list[str]:
        names = []
        while True:
            self._skip(_BLANK)
            found = _STRING.match(self.text, self._at) or _BARE.match(self.text, self._at)
            if found is None:
                raise ValueError(f"no key at {self._at}")
            names.append(found[0].strip("\"'"))
            self._at = found.end()
            self._skip(_BLANK)
            if not self.text.startswith(".", self._at):
                return names
            self._at += 1

    def _pair(self, here: Path) -> None:
        start = self._at
        path = (*here, *self._names())
        self._at += 1
        self._skip(_BLANK)
        self._value(path)
        self.keys[path] = (start, self._at)

    def _value(self, path: Path) -> None:
        start = self._at
        sign = self.text[start]
        if sign == "{":
            self._inside("}", lambda _number: self._pair(path))
        elif sign == "[":
            self._inside("]", lambda number: self._value((*path, number)))
        else:
            found = _STRING.match(self.text, start) or _SCALAR.match(self.text, start)
            if found is None:
                raise ValueError(f"no value at {start}")
            self._at = start + len(found[0].rstrip())
        self.values[path] = (start, self._at)

    def _inside(self, closing: str, read: Callable[[int], None]) -> None:
        self._at += 1
        number = 0
        self._skip(_BLANK_LINES)
        while not self.text.startswith(closing, self._at):
            read(number)
            number += 1
            self._skip(_BLANK_LINES)
            if self.text.startswith(",", self._at):
                self._at += 1
                self._skip(_BLANK_LINES)
        self._at += 1
