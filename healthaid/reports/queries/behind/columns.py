"""Which rows stand behind which column of which table."""

from healthaid.reports.documents.model import Column, Kind, Part
from healthaid.reports.queries.behind import sources
from healthaid.reports.queries.behind.model import Behind, Source
from healthaid.reports.queries.tables.bills import OTHER, PAYERS


def behind(kind: Kind, part: Part, column: Column) -> Behind | None:
    """None for words, and for what an indicator counts: that has a list of its own."""
    return _TABLES[part.code if part.code else kind.code].get(column.code)


def _bills() -> dict[str, Behind]:
    rows = sources.BILLS
    found = {
        "stays": Behind(rows, "f.n"),
        "stay_cost": Behind(rows, "f.cost"),
        "stay_patient": Behind(rows, "f.patient"),
        "stay_ratio": Behind(rows, "f.paid", "f.cost"),
        "stay_policy_ratio": Behind(rows, "f.compliant_paid", "f.compliant"),
        "one_stop": Behind(rows, "f.at_window", "f.n"),
        "treats_first": Behind(sources.ADMITTED, "f.first", "f.n"),
    }
    for group in (*PAYERS, OTHER):
        found[f"bills_{group}"] = Behind(rows, f"CASE WHEN f.paid_{group} <> 0 THEN f.n ELSE 0 END")
        found[f"paid_{group}"] = Behind(rows, f"f.paid_{group}")
    return found


def _layers(lines: Source, persons: Source) -> dict[str, Behind]:
    return {
        "bills": Behind(lines, "f.n"),
        "persons": Behind(persons, "f.n"),
        "amount": Behind(lines, "f.amount"),
        "mean": Behind(lines, "f.amount", "f.n", is_mean=True),
    }


_CARE = {
    "bills": Behind(sources.CARE, "f.n"),
    "persons": Behind(sources.CARED_FOR, "f.n"),
    "cost": Behind(sources.CARE, "f.cost"),
    "compliant": Behind(sources.CARE, "f.compliant"),
    "basic": Behind(sources.CARE, "f.paid_basic", "f.compliant"),
    "paid": Behind(sources.CARE, "f.paid", "f.cost"),
    "patient": Behind(sources.CARE, "f.patient"),
}
_OWED = {
    "bills": Behind(sources.OWED, "f.n"),
    "amount": Behind(sources.OWED, "f.amount"),
    "claimed": Behind(sources.OWED, "f.claimed"),
    "received": Behind(sources.RECEIVED, "f.amount"),
    "refused": Behind(sources.OWED, "f.refused"),
    "unclear": Behind(sources.DIFFERENCES, "f.n"),
}
_IN_PERIOD = "CASE WHEN NOT f.is_before AND {of}f.is_of_a_bill THEN {sign}f.amount ELSE 0 END"
_FUNDS = {
    "before": Behind(sources.ENTRIES, "CASE WHEN f.is_before THEN f.amount ELSE 0 END"),
    "put_in": Behind(sources.ENTRIES, _IN_PERIOD.format(of="NOT ", sign="")),
    "bills": Behind(sources.ENTRIES, "CASE WHEN NOT f.is_before THEN f.n ELSE 0 END"),
    "paid_out": Behind(sources.ENTRIES, _IN_PERIOD.format(of="", sign="-")),
    "left": Behind(sources.ENTRIES, "f.amount"),
}
_CAUSES = {
    "cause_households": Behind(sources.HOUSEHOLDS, "f.n", "f.n", of_all=True),
    "cause_persons": Behind(sources.MEMBERS, "f.n", "f.n", of_all=True),
    "cause_monitored": Behind(sources.HOUSEHOLDS, "f.monitored", "f.monitored", of_all=True),
}
_AGES = {
    "aged": Behind(sources.AGED, "f.n", "f.n", of_all=True),
    "men": Behind(sources.AGED, "f.men"),
    "women": Behind(sources.AGED, "f.women"),
}
_CLINICS = {
    "standardised": Behind(sources.CLINICS, "f.standardised", "f.n"),
    "public": Behind(sources.CLINICS, "f.public", "f.n"),
    "beds": Behind(sources.CLINICS, "f.beds"),
    "licensed": Behind(sources.WORKERS, "f.n"),
}
_TABLES: dict[str, dict[str, Behind]] = {
    "monthly": _bills(),
    "help": _bills(),
    "contracts": {},
    "period": _layers(sources.LAYERS, sources.PAID_FOR),
    "months": _layers(sources.MONTHS, sources.PAID_FOR_BY_MONTH),
    "year": _layers(sources.LAYERS, sources.PAID_FOR),
    "care": _CARE,
    "owed": _OWED,
    "funds": _FUNDS,
    "causes": _CAUSES,
    "ages": _AGES,
    "clinics": _CLINICS,
}
