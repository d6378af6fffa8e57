"""The access log speaks the reader's language: whatever the program itself writes there has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.audit.templatetags.looks import FIELDS, REASONS

ROOT = Path(__file__).resolve().parents[3]
APPS = ("core", "households", "followups", "claims", "healthaid")
WRITERS = {"record_look", "record_looks", "record_export", "workbook"}


def _modules() -> Iterator[ast.Module]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _constants(module: ast.Module) -> dict[str, ast.expr]:
    named = (
        one for one in module.body if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
    )
    return {one.targets[0].id: one.value for one in named}


def _given(keyword: str) -> set[str]:
    """Every literal text that is handed to the log as this argument."""
    found: set[str] = set()
    for module in _modules():
        constants = _constants(module)
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", "") in WRITERS:
                for one in (each.value for each in call.keywords if each.arg == keyword):
                    value = constants.get(one.id, one) if isinstance(one, ast.Name) else one
                    found |= {
                        leaf.value
                        for leaf in ast.walk(value)
                        if isinstance(leaf, ast.Constant)
                        and isinstance(leaf.value, str)
                        and not _is_format(value)
                    }
    return found


def _is_format(value: ast.expr) -> bool:
    """Words put together are put together in the user's language."""
    return isinstance(value, (ast.JoinedStr, ast.BinOp, ast.Call))


@pytest.mark.parametrize(("keyword", "words"), [("fields", FIELDS), ("purpose", REASONS)])
def test_whatever_the_program_logs_has_words(keyword, words):
    given = _given(keyword)
    assert len(given) > 5
    assert given <= set(words), given - set(words)
