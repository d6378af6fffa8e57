"""Where in a TOML file each value stands: the standard reader gives values without their lines."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
WORD = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
KEY = re.compile(rf"\s*({WORD}(?:\s*\.\s*{WORD})*)\s*=")
NAME = re.compile(WORD)
STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""' r"|'''.*?'''" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'" r"|\#[^\n]*", re.DOTALL
)


class Places:
    """Lines of a file by path; `line` gives that of the nearest thing that is known around a path."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._read(text)

    def line(self, path: Path) -> int:
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self, text: str) -> None:
        at: Path = ()
        rows = text.split("\n")
        number = 0
        while number < len(rows):
            row = rows[number]
            header, key = HEADER.match(row), KEY.match(row)
            if header:
                at = self._header(_names(header[2]), header[1] == "[[")
                self._note(at, number + 1)
            elif key:
                path = (*at, *_names(key[1]))
                self._note(path, number + 1)
                number += self._value(path, rows, number, key.end())
            number += 1

    def _header(self, names: list[str], is_array: bool) -> Path:
        """[[layers]] opens the next layer; [layers.label] belongs to the layer opened last."""
        path: Path = ()
        for place, name in enumerate(names):
            path = (*path, name)
            last = place == len(names) - 1
            if last and is_array:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _note(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)

    def _value(self, path: Path, rows: list[str], number: int, start: int) -> int:
        """Follows a value that goes on over lines; gives how many more lines it takes."""
        rest = "\n".join([rows[number][start:], *rows[number + 1 :]])
        depth = item = 0
        line = number + 1
        fresh = False
        for sign, newlines in _signs(rest):
            line += newlines
            if sign == "\n":
                if depth == 0:
                    break
                line += 1
                continue
            if depth == 1 and fresh and sign != "]":
                self._lines.setdefault((*path, item), line)
                fresh = False
            if sign in "[{":
                depth += 1
                fresh = fresh or (depth == 1 and sign == "[")
            elif sign in "]}":
                depth -= 1
            elif sign == "," and depth == 1:
                item, fresh = item + 1, True
        return line - number - 1


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in NAME.findall(dotted)]


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """The signs that shape a value, strings and comments passed over, with the lines a string ran across."""
    place = 0
    while place < len(text):
        string = STRING.match(text, place)
        if string:
            place = string.end()
            yield "s", string[0].count("\n")
        else:
            if not text[place].isspace() or text[place] == "\n":
                yield text[place], 0
            place += 1
