"""The rows behind a number of a report: who or what each one is, where it leads, and what it adds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.choices import DifferenceKind, EntryKind
from claims.models import Admission
from core.accounts.models import User
from core.accounts.permissions import may
from core.base.periods import age_on
from core.clinics.models import Institution
from healthaid.reports.documents.kinds import KINDS
from healthaid.reports.documents.model import Column, Part, Take
from healthaid.reports.models import Report
from healthaid.reports.presenters.words import choice
from healthaid.reports.queries.behind.columns import behind
from healthaid.reports.queries.behind.model import Shows
from healthaid.reports.queries.behind.reading import Row
from households.models import Household, Person


@dataclass(frozen=True)
class Shown:
    """`amount` is what the row adds to a sum of yuan, `whole` what it adds to the whole of a rate."""

    name: str
    url: str
    what: str
    village: str
    day: date | None
    tone: str = ""
    status: str = ""
    amount: Decimal | None = None
    whole: Decimal | None = None


def address(report: Report, user: User, part: Part, column: Column, row: dict[str, Any]) -> str | None:
    """Where the rows behind a cell stand: None where none of this kind do, empty where the user may not."""
    rule = behind(KINDS[report.kind], part, column)
    if rule is None:
        return None
    if not may(user, rule.source.act):
        return ""
    asked = {"table": part.code, "column": column.code, "take": column.take.value}
    if part.code:
        asked["row"] = row.get("code", "")
    elif row.get("area"):
        asked["area"] = str(row["area"])
    return f"{reverse('reports:rows', args=[report.pk])}?{urlencode({k: v for k, v in asked.items() if v})}"


def shown(row: Row, what: Shows, column: Column, on: date, user: User) -> Shown:
    name, url, text = _WORDS[what](row, on, user)
    tone, status = _standing(row, what)
    is_yuan = column.take in (Take.YUAN, Take.WAN) or bool(column.guard)
    return Shown(
        name=name,
        url=url,
        what=text,
        village=row["village_name"] or "",
        day=row["day"],
        tone=tone,
        status=status,
        amount=row["part"] if is_yuan else None,
        whole=row["whole"] if is_yuan and column.take == Take.SHARE else None,
    )


Words = tuple[str, str, str]


def _bill(row: Row, _on: date, _user: User) -> Words:
    return row["person_name"], reverse("claims:bill", args=[row["stay_uuid"]]), row["institution_name"]


def _person(row: Row, on: date, _user: User) -> Words:
    about = _("%(sex)s, born %(day)s, %(age)s years") % {
        "sex": choice(Person, "sex", row["sex"]),
        "day": f"{row['birth_date']:%Y-%m-%d}",
        "age": age_on(row["birth_date"], on),
    }
    return row["person_name"], reverse("households:person", args=[row["person_uuid"]]), about


def _household(row: Row, _on: date, _user: User) -> Words:
    name = _("Household of %(name)s") % {"name": row["head_name"] or row["register_no"]}
    about = f"{row['register_no']} · {choice(Household, 'standing', row['note'])}"
    return name, reverse("households:household", args=[row["household_uuid"]]), about


def _entry(row: Row, _on: date, _user: User) -> Words:
    hospital = " · ".join(filter(None, (row["person_name"], row["institution_name"])))
    return str(EntryKind(row["note"]).label), reverse("claims:fund", args=[row["page"]]), hospital


def _claim(row: Row, _on: date, _user: User) -> Words:
    return row["institution_name"], reverse("claims:payable", args=[row["page"]]), f"{row['day']:%Y-%m}"


def _difference(row: Row, _on: date, _user: User) -> Words:
    kind = str(DifferenceKind(row["note"]).label)
    return row["institution_name"], reverse("claims:payable", args=[row["page"]]), kind


def _clinic(row: Row, _on: date, user: User) -> Words:
    url = reverse("outreach:clinic", args=[row["page"]]) if may(user, "see_institutions") else ""
    return row["institution_name"], url, str(Institution.Ownership(row["note"]).label)


def _worker(row: Row, _on: date, _user: User) -> Words:
    return row["page"], "", f"{row['institution_name']} · {row['note']}"


_WORDS: dict[Shows, Callable[[Row, date, User], Words]] = {
    Shows.BILL: _bill,
    Shows.STAY: _bill,
    Shows.PERSON: _person,
    Shows.HOUSEHOLD: _household,
    Shows.ENTRY: _entry,
    Shows.CLAIM: _claim,
    Shows.DIFFERENCE: _difference,
    Shows.CLINIC: _clinic,
    Shows.WORKER: _worker,
}


def _standing(row: Row, what: Shows) -> tuple[str, str]:
    if what == Shows.BILL and row["note"] == "back":
        return "warn", _("taken back")
    if what == Shows.STAY:
        if row["first"]:
            return "good", pgettext("status", "treated first")
        return "warn", choice(Admission, "no_credit", row["note"]) or pgettext("status", "paid first")
    if what == Shows.CLINIC:
        return (
            ("good", pgettext("status", "standardised"))
            if row["standardised"]
            else ("warn", pgettext("status", "not standardised"))
        )
    return "", ""
