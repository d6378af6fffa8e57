"""What a row says of a patient: whether managed, when last seen, with which reading, what the norm misses."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from healthaid.reports.presenters.words import day
from healthaid.reports.queries.lists import Row

Words = tuple[str, str, str]


def patient(row: Row, around: Any) -> Words:
    name = around.diseases.get(row["disease"], row["disease"])
    if row["last_on"] is None:
        return (
            _("%(disease)s · not visited this year") % {"disease": name},
            "bad",
            pgettext("status", "no visit"),
        )
    parts = [name, _("last visit %(day)s") % {"day": day(row["last_on"])}, _reading(row)]
    return " · ".join(filter(None, parts)), *_outcome(row)


def known(row: Row, around: Any) -> Words:
    """Whether a patient is in management; otherwise nothing is owed and nothing is said of visits."""
    if row["is_managed"]:
        return patient(row, around)
    name = str(around.diseases.get(row["disease"], row["disease"]))
    return name, "warn", pgettext("status", "not managed")


def _outcome(row: Row) -> tuple[str, str]:
    """Tone and word of the last visit: a mental disorder is stable or not; tuberculosis has no such word."""
    if row["disease"] == "tuberculosis":
        return "quiet", ""
    words = {
        False: (pgettext("status", "controlled"), pgettext("status", "not controlled")),
        True: (pgettext("status", "stable"), pgettext("status", "not stable")),
    }
    good, bad = words[row["disease"] == "severe_mental_disorder"]
    return ("good", good) if row["is_controlled"] else ("warn", bad)


def managed(row: Row, around: Any) -> Words:
    """What a patient has of what the norm asks for: visits, exam, the interval."""
    name = str(around.diseases.get(row["disease"], row["disease"]))
    count = {"seen": row["seen"], "owed": max(row["owed"], 0)}
    parts = [name, _("%(seen)s of %(owed)s visits face to face") % count]
    missing = [
        word
        for word, lacks in (
            (pgettext("status", "visits"), row["seen"] < row["owed"]),
            (pgettext("status", "exam"), not row["is_examined"]),
            (pgettext("status", "came late after a bad reading"), row["is_late"]),
        )
        if lacks
    ]
    words = pgettext("between items", ", ").join(missing)
    return (
        " · ".join(parts),
        "warn" if missing else "good",
        words or pgettext("status", "managed by the norm"),
    )


def _reading(row: Row) -> str:
    if row["disease"] == "type2_diabetes":
        return f"{row['fpg']} mmol/L" if row["fpg"] is not None else _("no reading")
    if row["disease"] != "hypertension":
        return ""
    return f"{row['sbp']}/{row['dbp']} mmHg" if row["sbp"] and row["dbp"] else _("no reading")
