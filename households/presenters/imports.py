"""Register imports in words: states, steps, what each row changes, what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from households.choices import (
    Cause,
    HouseholdType,
    IdentityKind,
    LeftReason,
    MonitoredKind,
    Relation,
    Scheme,
    Sex,
    Standing,
)
from households.models import ImportRow, RegisterImport
from households.queries.imports import BUSY
from households.registerfile import Problem, fields

TABS = (
    ("new", pgettext_lazy("rows of a file", "New")),
    ("changed", pgettext_lazy("rows of a file", "Changed")),
    ("gone", pgettext_lazy("rows of a file", "Gone")),
    ("ask", pgettext_lazy("rows of a file", "To decide")),
    ("refused", pgettext_lazy("rows of a file", "Refused")),
)
TONES = {"applied": "good", "failed": "bad", "previewed": "warn", "undone": "quiet", "discarded": "quiet"}
STAGES = {
    "": gettext_lazy("Waiting for a worker"),
    "reading": gettext_lazy("Reading the file"),
    "staging": gettext_lazy("Checking rows"),
    "matching": gettext_lazy("Finding households and persons"),
    "comparing": gettext_lazy("Comparing with the register"),
    "applying": gettext_lazy("Writing to the register"),
}
_LABELS = {
    "register_no": gettext_lazy("Household number"),
    "household_no": gettext_lazy("Household number"),
    "left": gettext_lazy("Left the register on"),
    "village": gettext_lazy("Village"),
    "group_name": gettext_lazy("Hamlet"),
    "household_type": gettext_lazy("Household attribute"),
    "registered_on": gettext_lazy("First registered"),
    "main_cause": gettext_lazy("Main cause of poverty"),
    "other_causes": gettext_lazy("Other causes of poverty"),
    "income_per_head": gettext_lazy("Net income per head (yuan)"),
    "phone_index": gettext_lazy("Phone"),
    "standing": gettext_lazy("Standing"),
    "monitored_kind": gettext_lazy("Kind of monitored household"),
    "risk": gettext_lazy("Risk"),
    "name": gettext_lazy("Name"),
    "relation": gettext_lazy("Relation to the head"),
    "sex": gettext_lazy("Sex"),
    "birth_date": gettext_lazy("Date of birth"),
    "person_no": gettext_lazy("Person number"),
    "ethnicity": gettext_lazy("Ethnic group"),
    "education": gettext_lazy("Education"),
    "student_status": gettext_lazy("School attended"),
    "labour": gettext_lazy("Labour capacity"),
    "health_status": gettext_lazy("Health status"),
    "disability_kind": gettext_lazy("Kind of disability"),
    "disability_level": gettext_lazy("Level of disability"),
    "id_index": gettext_lazy("ID number"),
}
_WORDS: dict[str, dict[str, Any]] = {
    "household_type": dict(HouseholdType.choices),
    "main_cause": dict(Cause.choices),
    "risk": dict(Cause.choices),
    "standing": dict(Standing.choices),
    "monitored_kind": dict(MonitoredKind.choices),
    "relation": dict(Relation.choices),
    "sex": dict(Sex.choices),
}
_REASONS = dict(LeftReason.choices)


def language() -> str:
    return get_language() or "zh-hans"


def problem_text(kept: Mapping[str, Any]) -> str:
    return Problem(**{name: value for name, value in kept.items() if name != "all"}).message(language())


def field_label(name: str) -> str:
    kind, _separator, code = name.partition("_")
    if kind == "identity":
        return str(IdentityKind(code).label)
    if kind == "scheme":
        return str(Scheme(code).label)
    return str(_LABELS.get(name, name))


def value_text(name: str, value: str | None, villages: Mapping[str, str]) -> str:
    if not value:
        return pgettext("value", "empty")
    if name.startswith(("identity_", "scheme_")):
        return _("yes") if value == "1" else _("no")
    if name == "other_causes":
        return "、".join(str(_WORDS["main_cause"].get(code, code)) for code in value.split(","))
    if name == "village":
        return villages.get(value, value)
    return str(_WORDS.get(name, {}).get(value, value))


def village_codes(rows: Sequence[ImportRow]) -> list[str]:
    changes = [c for row in rows for c in row.changes if c["field"] == "village"]
    return [c[side] for c in changes for side in ("old", "new") if c[side]]


def shown_changes(row: ImportRow, villages: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "label": field_label(change["field"]),
            "old": value_text(change["field"], change["old"], villages),
            "new": value_text(change["field"], change["new"], villages),
        }
        for change in row.changes
    ]


def shown_row(row: ImportRow, villages: Mapping[str, str], more: Sequence[Any] = ()) -> dict[str, Any]:
    """One row for the template. `more`: the problems of its household."""
    is_household = row.kind == ImportRow.Kind.HOUSEHOLD
    problems = [problem_text(p) for p in [*row.problems, *more]]
    relation = _WORDS["relation"].get(row.data.get("relation", ""), "")
    return {
        "pk": row.pk,
        "line": row.row,
        "is_household": is_household,
        "title": (row.name or row.household_no) if is_household else (row.name or _("no name")),
        "household_no": row.household_no,
        "relation": str(relation),
        "id_masked": row.id_masked,
        "birth_date": row.birth_date,
        "changes": shown_changes(row, villages),
        "problems": list(dict.fromkeys(problems)),
        "left_reason": str(_REASONS.get(row.left_reason, "")),
    }


def steps(state: str) -> list[dict[str, str]]:
    labels = [pgettext("import", "Upload"), pgettext("import", "Check")]
    labels += [pgettext("import", "Apply"), pgettext("import", "Done")]
    reached = {
        "previewed": 1,
        "failed": 1,
        "queued": 2,
        "applying": 2,
        "applied": 4,
        "undoing": 4,
        "undone": 4,
    }
    now = reached.get(state, 0)
    return [
        {"label": label, "state": "done" if place < now else "now" if place == now else "later"}
        for place, label in enumerate(labels)
    ]


def tabs(register_import: RegisterImport, chosen: str) -> list[dict[str, Any]]:
    url = reverse("households:import", kwargs={"pk": register_import.pk})
    return [
        {
            "label": label,
            "count": total(register_import, code),
            "url": f"{url}?tab={code}",
            "active": code == chosen,
        }
        for code, label in TABS
        if total(register_import, code) or code in ("new", "changed", "gone", "refused")
    ]


def total(register_import: RegisterImport, verdict: str, kind: str = "") -> int:
    kinds = [kind] if kind else ["person", "household"]
    return sum(register_import.counts.get(name, {}).get(verdict, 0) for name in kinds)


def first_tab(register_import: RegisterImport) -> str:
    """What needs a decision first, else what would happen."""
    order = ("refused", "ask", "gone", "changed", "new")
    return next((code for code in order if total(register_import, code)), "new")


def summary(register_import: RegisterImport) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "households": total(register_import, code, "household"),
            "persons": total(register_import, code, "person"),
        }
        for code, label in (*TABS, ("same", pgettext("rows of a file", "Unchanged")))
        if code != "ask" or total(register_import, "ask")
    ]


def listed(register_import: RegisterImport) -> dict[str, Any]:
    state = register_import.state
    return {
        "url": reverse("households:import", kwargs={"pk": register_import.pk}),
        "title": register_import.file_name,
        "meta": f"{register_import.area.name} · {register_import.uploaded_by}",
        "created_at": register_import.created_at,
        "tone": TONES.get(state, "info"),
        "status": register_import.get_state_display(),
        "busy": state in BUSY,
    }


def columns(register_import: RegisterImport) -> list[dict[str, Any]]:
    """How each column was read, for the folded-away list on the preview page."""
    how = {
        "exact": _("by its name"),
        "joined": _("by its two-level name"),
        "saved": _("as chosen earlier"),
        "ignored": _("known, not kept"),
        "repeated": _("a second column of the same field"),
        "none": _("not recognised"),
    }
    known = fields()
    return [
        {
            "header": column["header"],
            "label": known[column["field"]].label(language()) if column["field"] else "",
            "how": how[column["how"]],
        }
        for column in register_import.mapping
        if column["header"]
    ]
