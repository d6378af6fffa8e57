"""The message catalogues: extracted, merged, checked and compiled with Babel, without the gettext tools."""

import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po
from django.utils.translation.template import templatize

MessageID = str | tuple[str, ...] | list[str]
Key = tuple[str | tuple[str, ...], str | None]

LOCALE = "zh_Hans"
PO_FILE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
LINE_WIDTH = 100
HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
SINGULAR: dict[str, object] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
PLURAL: dict[str, object] = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
CONTEXT: dict[str, object] = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
CONTEXT_PLURAL: dict[str, object] = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
KEYWORDS = SINGULAR | PLURAL | CONTEXT | CONTEXT_PLURAL
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%(?:\.\d+)?[sdf]|\{\w*[^{}\s]*\}")


@dataclass(frozen=True)
class Text:
    """One translatable text of the sources: its catalogue, its key, and where it was first seen."""

    app: str
    id: str | tuple[str, ...]
    context: str | None
    source: str

    @property
    def key(self) -> Key:
        return self.id, self.context


@dataclass(frozen=True)
class Problem:
    app: str
    kind: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.app}: {self.kind}: {self.text!r}" + (f" ({self.detail})" if self.detail else "")


class ForgivingCatalog(Catalog):
    """Where an entry stands twice (two people appended it), the one with a translation wins."""

    def __setitem__(self, id: MessageID, message: Message) -> None:
        earlier = self.get(id, message.context) if id else None
        super().__setitem__(id, message)
        if earlier is not None and not any(strings(earlier)):
            earlier.string = message.string


def strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


class Catalogues:
    """The catalogues of the product's own apps, found from the directory of each app.

    `apps` maps a directory inside the project to the label its templates are filed under; texts that no
    app claims (top-level templates, components, sign-in pages) belong to `fallback`.
    """

    def __init__(self, root: Path, apps: dict[str, Path], fallback: str) -> None:
        self.root = root
        self.apps = apps
        self.fallback = fallback
        self.deepest_first = sorted(apps.items(), key=lambda item: len(item[1].parts), reverse=True)

    def path(self, app: str) -> Path:
        return self.apps[app] / PO_FILE

    def read(self, app: str) -> ForgivingCatalog:
        catalog = ForgivingCatalog(locale=LOCALE, charset="utf-8", fuzzy=False)
        if self.path(app).exists():
            content = self.path(app).read_bytes()
            PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(io.BytesIO(content))
        return catalog

    def texts(self) -> list[Text]:
        """Every translatable text of the project's Python files and templates, each once per catalogue."""
        found: dict[tuple[str, Key], Text] = {}
        for text in self._all_texts():
            found.setdefault((text.app, text.key), text)
        return list(found.values())

    def _all_texts(self) -> Iterator[Text]:
        for directory in sorted(
            {self.root / path.relative_to(self.root).parts[0] for path in self.apps.values()}
        ):
            for path in sorted(directory.rglob("*.py")):
                if "migrations" not in path.parts:
                    yield from self._texts_of(
                        path, self.app_of_module(path), path.read_text(encoding="utf-8")
                    )
        templates = self.root / "templates"
        for path in sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")]):
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            flat = "\n".join(line.lstrip() for line in source.splitlines())
            yield from self._texts_of(path, self.app_of_template(path.relative_to(templates)), flat)

    def _texts_of(self, path: Path, app: str, source: str) -> Iterator[Text]:
        where = path.relative_to(self.root).as_posix()
        extracted = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)  # type: ignore[arg-type]
        for line, id, _comments, context in extracted:
            yield Text(app, id, context, f"{where}:{line}")

    def app_of_module(self, path: Path) -> str:
        return next((app for app, home in self.deepest_first if path.is_relative_to(home)), self.fallback)

    def app_of_template(self, path: Path) -> str:
        return path.parts[0] if len(path.parts) > 1 and path.parts[0] in self.apps else self.fallback

    def merge(self, app: str, texts: Iterable[Text], *, prune: bool) -> ForgivingCatalog:
        """Adds what is new to the catalogue of `app`; with `prune`, drops what no source uses any more."""
        catalog, wanted = self.read(app), {text.key: text for text in texts if text.app == app}
        for text in wanted.values():
            if (text.id if isinstance(text.id, str) else text.id[0], text.context) not in keys(catalog):
                catalog.add(text.id, context=text.context)
        if prune:
            self._prune(catalog, {key_of_id(*key) for key in wanted})
        self._write(app, catalog)
        return catalog

    def _prune(self, catalog: Catalog, wanted: set[tuple[str, str | None]]) -> None:
        for id, context in keys(catalog) - wanted:
            catalog.delete(id, context)

    def _write(self, app: str, catalog: Catalog) -> None:
        if not len(catalog):
            return
        buffer = io.BytesIO()
        write_po(buffer, catalog, width=LINE_WIDTH, no_location=True, omit_header=True, sort_output=True)
        replace_if_changed(self.path(app), HEADER.encode() + buffer.getvalue().lstrip(b"\n"))

    def compile(self, app: str) -> bool:
        """Writes the .mo beside the .po when it is missing or older; says whether it did."""
        source, target = self.path(app), self.path(app).with_suffix(".mo")
        if not source.exists() or (
            target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns
        ):
            return False
        buffer = io.BytesIO()
        write_mo(buffer, self.read(app))
        replace_if_changed(target, buffer.getvalue())
        os.utime(target)
        return True

    def problems(self, texts: Iterable[Text]) -> list[Problem]:
        texts = list(texts)
        each = [problem for app in sorted(self.apps) for problem in self._problems_of(app, texts)]
        return [*each, *self._differing()]

    def _differing(self) -> Iterator[Problem]:
        """All catalogues share one space: where two say a text in other words, one of them never shows."""
        said: dict[tuple[str, str | None], dict[str, list[str]]] = {}
        for app in sorted(self.apps):
            for message in self.read(app):
                if message.id and all(strings(message)):
                    said.setdefault(key_of_id(message.id, message.context), {})[app] = strings(message)
        for (text, _context), words in sorted(said.items(), key=str):
            if len(set(map(tuple, words.values()))) > 1:
                listed = ", ".join(f"{chinese[0]!r} in {app}" for app, chinese in words.items())
                for app in words:
                    yield Problem(app, "differs", text, f"{listed}: say one, or give one of them a context")

    def _problems_of(self, app: str, texts: list[Text]) -> Iterator[Problem]:
        catalog = self.read(app)
        wanted = {key_of_id(*text.key): text for text in texts if text.app == app}
        present = keys(catalog)
        for key, text in sorted(wanted.items(), key=lambda item: item[1].source):
            if key not in present:
                yield Problem(app, "missing", key[0], text.source)
        for message in sorted(
            (message for message in catalog if message.id), key=lambda entry: str(entry.id)
        ):
            key = key_of_id(message.id, message.context)
            if key not in wanted:
                yield Problem(app, "obsolete", key[0], "no source uses it; `messages --prune` removes it")
            else:
                yield from entry_problems(app, message, wanted[key].source)


def key_of_id(id: str | Iterable[str], context: str | None) -> tuple[str, str | None]:
    return (id if isinstance(id, str) else next(iter(id))), context


def keys(catalog: Catalog) -> set[tuple[str, str | None]]:
    return {key_of_id(message.id, message.context) for message in catalog if message.id}


def entry_problems(app: str, message: Message, source: str) -> Iterator[Problem]:
    text = key_of_id(message.id, message.context)[0]
    if message.fuzzy:
        yield Problem(app, "fuzzy", text, source)
    if not all(strings(message)):
        yield Problem(app, "empty", text, source)
        return
    expected = set(PLACEHOLDER.findall(text if isinstance(message.id, str) else list(message.id)[-1]))
    for translation in strings(message):
        if (given := set(PLACEHOLDER.findall(translation))) != expected:
            detail = f"{sorted(expected)} in English, {sorted(given)} in Chinese; {source}"
            yield Problem(app, "placeholders differ", text, detail)


def replace_if_changed(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
