"""Values of table rows: added up, and written down so that nothing of a sum is lost."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

Values = dict[str, Any]
NAUGHT = Decimal("0.00")


def added(rows: Iterable[Values]) -> Values:
    """Each code summed over the rows, a pair by its parts: a share is one of sums. Words are left out."""
    total: Values = {}
    for row in rows:
        for code, value in row.items():
            if not isinstance(value, str | dict | None):
                total[code] = _plus(total[code], value) if code in total else value
    return total


def _plus(one: Any, other: Any) -> Any:
    if isinstance(one, list):
        return [a + b for a, b in zip(one, other, strict=True)]
    return one + other


def written(value: Any) -> Any:
    """The same as JSON keeps it: yuan as text, to the fen."""
    if isinstance(value, dict):
        return {key: written(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    return f"{value:.2f}" if isinstance(value, Decimal) else value
