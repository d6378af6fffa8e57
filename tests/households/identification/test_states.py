"""The diagram in the documentation is the table of the code."""

from pathlib import Path

from households.states import STATES


def test_the_diagram_is_the_table():
    assert STATES.diagram("identification") in Path("docs/states.md").read_text(encoding="utf-8")
