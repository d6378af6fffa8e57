"""What each layer paid (DOMAIN A92): in the period, month by month, and since the beginning of the year."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from claims.queries.funds.layers import LayerRow, layer_table
from claims.queries.payers import layer_words, payer_words
from core.base.periods import month_end
from core.base.texts import Text, same
from healthaid.reports.documents.model import Asked, Counted
from healthaid.reports.queries.tables.sums import Values, added


def layers(asked: Asked) -> Counted:
    """All bills of the area's people. The last table begins with the year of the period's last day, or with
    the period where that begins earlier: then the three hold the same whole."""
    first = min(asked.since, date(asked.last.year, 1, 1))
    named = _names(asked.area.county_id)
    past = asked.last + timedelta(days=1)
    found = layer_table(asked.area, asked.since, past)
    months = [row for row in found if row.month]
    return {
        "tables": {
            "period": _table([row for row in found if not row.month], named),
            "months": _table(months, named, by_month=True),
            "year": _table([row for row in layer_table(asked.area, first, past) if not row.month], named),
        },
        "year_since": first.isoformat(),
        "is_one_month": asked.last <= month_end(asked.since),
    }


def _table(
    found: Iterable[LayerRow], named: dict[str, dict[str, Text]], *, by_month: bool = False
) -> Counted:
    rows = [_row(row, named, by_month=by_month) for row in found]
    return {"rows": rows, "together": added({"amount": row["figures"]["amount"]} for row in rows)}


def _row(row: LayerRow, named: dict[str, dict[str, Text]], *, by_month: bool) -> dict[str, Any]:
    """People and bills are no sums over layers: one bill is paid by several."""
    values: Values = {
        "bills": row.bills,
        "persons": row.persons,
        "amount": row.amount,
        "mean": row.mean,
        "payer": both(named["payers"], row.payer),
    }
    name = both(named["layers"], row.layer)
    month = f"{row.month:%Y-%m}" if row.month else ""
    if by_month:
        name = {language: f"{month} {text}" for language, text in name.items()}
    return {"code": f"{month}{row.layer}/{row.payer}", "name": name, "figures": values}


def _names(county: int | None) -> dict[str, dict[str, Text]]:
    if not county:
        return {"payers": {}, "layers": {}}
    return {"payers": payer_words(county), "layers": layer_words(county)}


def both(known: dict[str, Text], code: str) -> dict[str, str]:
    """What a code is called in both languages; the code itself where no policy knows it any more."""
    text = known.get(code, same(code))
    return {"zh": text.zh, "en": text.en}
