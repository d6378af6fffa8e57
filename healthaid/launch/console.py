"""What the launcher says on the terminal: one voice, one colour for each process, no colour in a file."""

import os
import sys
import threading

COLOURS = {"web": 36, "worker": 33, "beat": 35, "postgres": 34, "valkey": 31, "run": 32}
_voice = threading.Lock()


class Refusal(Exception):
    """Something the user can put right; the message says what and how."""


def coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, colour: int) -> str:
    return f"\033[{colour}m{text}\033[0m" if coloured() else text


def log(name: str, line: str) -> None:
    prefix = paint(f"{name:<8} |", COLOURS.get(name, 37))
    with _voice:
        print(f"{prefix} {line}", flush=True)


def say(line: str = "") -> None:
    with _voice:
        print(line, flush=True)


def loud(*lines: str) -> None:
    width = max(map(len, lines))
    rule = "!" * (width + 4)
    for line in (rule, *(f"! {line:<{width}} !" for line in lines), rule):
        say(paint(line, 31))
