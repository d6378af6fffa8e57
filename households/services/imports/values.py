"""What a household or a person of the file is in the words of the register: flat text, ready to compare."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from core.base.crypto import blind_index, encrypt
from core.base.ids import uuid7
from core.base.names import NameKeys
from households.choices import MonitoredKind, Scheme, Standing
from households.services.contacts import masked_phone

HIDDEN = "_"  # beside the compared values: what an insert needs and no comparison sees
SCHEMES = {
    "resident_insurance": Scheme.BASIC,
    "critical_insurance": Scheme.CRITICAL,
    "supplementary_insurance": Scheme.SUPPLEMENTARY,
    "employee_insurance": Scheme.EMPLOYEE,
}
_COPIED = {
    "relation": "relation",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "school": "student_status",
    "labour": "labour",
    "person_number": "person_no",
}
Row = Mapping[str, Any]


def _phone(number: str | None, data: dict[str, Any], hidden: dict[str, Any]) -> None:
    if number:
        data["phone_index"] = blind_index(number).hex()
        hidden["phone"] = b64encode(encrypt(number)).decode()
        hidden["phone_masked"] = masked_phone(number)


def household_data(row: Row, *, number: str, village: int | None, partial: bool) -> dict[str, Any]:
    """Only what the file says: a blank cell never empties a field."""
    causes = list(row.get("main_cause") or [])
    others = [cause for cause in [*causes[1:], *(row.get("other_causes") or [])] if cause != causes[:1]]
    hidden: dict[str, Any] = {"uuid": str(uuid7()), "partial": partial}
    income, registered = row.get("income"), row.get("registered_on")
    data: dict[str, Any] = {
        "register_no": number,
        "left": "",
        "village": str(village) if village else None,
        "group_name": row.get("hamlet"),
        "household_type": row.get("household_attribute"),
        "registered_on": registered.isoformat() if registered else None,
        "main_cause": causes[0] if causes else None,
        "other_causes": ",".join([c for c in dict.fromkeys(others) if c not in causes[:1]][:2]) or None,
        "income_per_head": None if income is None else str(income),
        **standing(row),
    }
    _phone(row.get("household_phone"), data, hidden)
    hidden["since"] = _since(row, data.get("standing"))
    return {**{name: value for name, value in data.items() if value is not None}, HIDDEN: hidden}


def standing(row: Row) -> dict[str, str]:
    """Where the household stands, from the four columns that speak of it; {} when none does."""
    kind, lifting = row.get("household_kind"), row.get("lifting")
    monitored = row.get("monitored_kind")
    monitored = kind if monitored in (None, "none") and kind in MonitoredKind.values else monitored
    if monitored in MonitoredKind.values:
        if row.get("risk_removed") != "yes":
            risk = (row.get("risks") or [""])[0]
            return {"standing": Standing.MONITORED, "monitored_kind": monitored, "risk": risk}
        never_poor = monitored != MonitoredKind.UNSTABLE and lifting is None
        return _plainly(Standing.REMOVED if never_poor else lifting or Standing.LIFTED)
    if lifting or kind in (Standing.REGISTERED, Standing.LIFTED):
        return _plainly(lifting or kind)
    return {}


def _plainly(found: Any) -> dict[str, str]:
    return {"standing": str(found), "monitored_kind": "", "risk": ""}


def _since(row: Row, found: str | None) -> str | None:
    """The day from which a household new to the register has stood where it stands."""
    column = {"monitored": "risk_found_on", "lifted": "lifted_on", "registered": "registered_on"}.get(
        found or ""
    )
    day = row.get(column) if column else None
    return day.isoformat() if day else None


def person_data(row: Row, *, keys: NameKeys, index: bytes | None) -> dict[str, Any]:
    number = row.get("id_number")
    hidden: dict[str, Any] = {
        "uuid": str(uuid7()),
        "pinyin": keys.pinyin[:120],
        "initials": keys.initials[:40],
        "grams": keys.grams,
    }
    health = row.get("health")
    data: dict[str, Any] = {ours: row.get(theirs) for theirs, ours in _COPIED.items()}
    data |= {"name": row["name"], "birth_date": row["birth_date"].isoformat(), "left": ""}
    data["health_status"] = "、".join(health)[:20] if health else None
    if number and index:
        data["id_index"] = index.hex()
        data["disability_kind"] = number.disability_kind or None
        data["disability_level"] = number.disability_level or None
    _phone(row.get("person_phone"), data, hidden)
    data |= _identities(row) | _enrolments(row)
    return {**{name: value for name, value in data.items() if value is not None}, HIDDEN: hidden}


def _identities(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    welfare = row.get("welfare")
    for kind, column in (("subsistence", "allowance"), ("destitute", "destitute")):
        if row.get(column) is not None:
            found[f"identity_{kind}"] = str(int(row[column]))
        elif welfare:
            found[f"identity_{kind}"] = str(int(kind in welfare))
    return found


def _enrolments(row: Row) -> dict[str, str]:
    return {
        f"scheme_{scheme}": str(int(row[column]))
        for column, scheme in SCHEMES.items()
        if row.get(column) is not None
    }
