"""A register file's way in: receive, stage, compare, apply, undo."""

from households.services.imports.deciding import (
    choose_columns,
    decide_rows,
    discard_import,
    order_apply,
    order_undo,
    set_left_reasons,
)
from households.services.imports.jobs import (
    recover_imports,
    run_apply,
    run_preview,
    run_undo,
)
from households.services.imports.receiving import ImportRefused, receive_register

__all__ = [
    "ImportRefused",
    "choose_columns",
    "decide_rows",
    "discard_import",
    "order_apply",
    "order_undo",
    "receive_register",
    "recover_imports",
    "run_apply",
    "run_preview",
    "run_undo",
    "set_left_reasons",
]
