"""What the import checker cannot see: text references, signals, the clock, the back doors to data."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [
    "base",
    "audit",
    "accounts",
    "clinics",
    "households",
    "claims",
    "followups",
    "outreach",
    "reports",
    "healthaid",
]
PACKAGES = ["core", "households", "claims", "followups", "healthaid"]
FILES = [
    path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
LIMIT = 300
LONGEST_FUNCTION = 50


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_foreign_keys_point_down_the_floors():
    wrong = []
    for label in FLOORS[:-1]:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                target = field.related_model and field.related_model._meta.app_label
                if target in FLOORS and FLOORS.index(target) > FLOORS.index(label):
                    wrong.append(f"{model.__name__}.{field.name} -> {target}")
    # The log of looks names the user who looked, by settings.AUTH_USER_MODEL (docs/architecture.md).
    assert wrong == ["AccessLog.user -> accounts"]


@pytest.mark.parametrize("path", FILES, ids=_names)
def test_modules_and_functions_stay_small(path):
    assert len(path.read_text().splitlines()) <= LIMIT
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=_names)
def test_imports_stand_at_the_top(path):
    inner = [
        node.lineno
        for function in ast.walk(_tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inner == []


def test_nobody_listens_to_signals():
    assert [str(p) for p in FILES if "@receiver" in p.read_text() or "post_save" in p.read_text()] == []


SERVICES = [path for path in FILES if "services" in path.parts or path.name == "services.py"]


@pytest.mark.parametrize("path", SERVICES, ids=_names)
def test_services_are_told_the_day(path):
    text = path.read_text()
    assert "date.today(" not in text
    assert "localdate(" not in text


VIEWS = [path for path in FILES if "views" in path.parts]


@pytest.mark.parametrize("path", VIEWS, ids=_names)
def test_views_reach_rows_through_their_door(path):
    """A view never says `.objects.filter/get/all`: it asks a query, `visible_to` or `get_visible`."""
    doors = {"visible_to", "get_visible"}
    wrong = [
        node.lineno
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and node.attr not in doors
    ]
    assert wrong == []


def _acts() -> list[tuple[str, ast.FunctionDef]]:
    """Public functions of services that know who acts."""
    found = []
    for path in SERVICES:
        for node in _tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = [*node.args.args, *node.args.kwonlyargs]
                if any(argument.arg == "by" for argument in arguments):
                    found.append((f"{_names(path)}::{node.name}", node))
    return found


@pytest.mark.parametrize(("name", "node"), _acts(), ids=lambda v: v if isinstance(v, str) else "")
def test_acts_take_names_not_positions(name, node):
    assert [argument.arg for argument in node.args.args] == [], name


def test_texts_are_marked_by_names_that_the_catalogues_know():
    """A text marked through another name is never collected, and so never translated."""
    marked = re.compile(r"import n?p?gettext(_lazy)? as (?!_$)\w+$", re.MULTILINE)
    assert [_names(path) for path in FILES if marked.search(path.read_text(encoding="utf-8"))] == []
