"""One row of a list: who, where, and what matters for this number. The same texts go into the export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.base.periods import age_on
from followups.models import Duty, Need, Visit
from followups.presenters.duties import form_name
from healthaid.reports.indicators import Amount, Fact, Indicator
from healthaid.reports.presenters.borne import admission, burden, monitored, stay
from healthaid.reports.presenters.cased import closing, major_case
from healthaid.reports.presenters.filed import health_record, identification, screening
from healthaid.reports.presenters.links import page_of
from healthaid.reports.presenters.placed import clinic, event, free_clinic, hospital, prices, village
from healthaid.reports.presenters.promised import back_in_village, promise, served, surveyed
from healthaid.reports.presenters.referred import priority, referral
from healthaid.reports.presenters.treated import known, managed, patient
from healthaid.reports.presenters.words import choice, day, number
from healthaid.reports.queries.lists import Row as Found
from households.models import Disease, Enrolment, Household, Person


@dataclass(frozen=True)
class Listed:
    name: str
    url: str
    about: str
    village: str
    group: str
    household: str
    household_url: str
    team: str
    what: str
    tone: str = ""
    status: str = ""
    amount: Amount | None = None

    @property
    def amount_text(self) -> str:
        return "" if self.amount is None else number(self.amount)


@dataclass(frozen=True)
class Setting:
    """What the wording of a row depends on: the day, and the names of diseases; `back` is the list's page.

    A file has no links."""

    on: date
    diseases: dict[str, str]
    back: str = ""
    is_file: bool = False

    def page(self, name: str, key: object) -> str:
        return "" if self.is_file else page_of(name, key, self.back)


def setting(on: date, back: str = "", *, is_file: bool = False) -> Setting:
    return Setting(on, {disease.code: str(disease) for disease in Disease.objects.all()}, back, is_file)


def listed(row: Found, indicator: Indicator, around: Setting) -> Listed:
    what, tone, status = WORDS[indicator.shown_in_list](row, around)
    name, url, about = _who(row, indicator, around)
    house = row["household_uuid"]
    return Listed(
        name=name,
        url=url,
        about=about,
        village=row["village_name"],
        group=row["group_name"] or "",
        household=row["register_no"] or "",
        household_url=around.page("households:household", house) if house else "",
        team=row["team_name"] or "",
        what=what,
        tone=tone,
        status=status,
        amount=row["amount"],
    )


def _who(row: Found, indicator: Indicator, around: Setting) -> tuple[str, str, str]:
    """Name, page and mark of a person, a household, a team where no household is meant, or a place."""
    if row["person_name"]:
        return (
            row["person_name"],
            around.page("households:person", row["person_uuid"]),
            _about(row, around.on),
        )
    if row["household_uuid"]:
        name = _("Household of %(name)s") % {"name": row["head_name"] or row["register_no"]}
        return (
            name,
            around.page("households:household", row["household_uuid"]),
            _household_mark(indicator),
        )
    if row["team_name"]:
        return row["team_name"], page_of("followups:team", row["team_id"]), ""
    if indicator.fact in (Fact.CLINICS, Fact.HOSPITALS):
        return row["place"], page_of("outreach:clinic", row["key"], around.back), ""
    return (row["place"] if indicator.fact == Fact.EVENTS else row["village_name"]), "", ""


def _about(row: Found, on: date) -> str:
    years = age_on(row["birth_date"], on)
    return f"{choice(Person, 'sex', row['sex'])} · " + ngettext("%(n)s year", "%(n)s years", years) % {
        "n": years
    }


def _household_mark(indicator: Indicator) -> str:
    return "" if indicator.shown_in_list == "household" else pgettext("status", "whole household")


Words = tuple[str, str, str]


def _person(row: Found, around: Setting) -> Words:
    return "", "", ""


def _insurance(row: Found, around: Setting) -> Words:
    if row["is_insured"]:
        return (
            ", ".join(choice(Enrolment, "scheme", scheme) for scheme in row["schemes"] or []),
            "good",
            pgettext("status", "enrolled"),
        )
    return row["why_not"] or _("no reason recorded"), "bad", pgettext("status", "not enrolled")


def _contract(row: Found, around: Setting) -> Words:
    ends = row["last_contract_ends_on"]
    if row["is_contracted"]:
        return _("in force, ends %(day)s") % {"day": day(ends)}, "good", pgettext("status", "signed")
    away = _("away for work") if row["is_away"] else ""
    past = _("last one ended %(day)s") % {"day": day(ends)} if ends else _("never signed")
    return " · ".join(filter(None, (past, away))), "bad", pgettext("status", "not signed")


def _circle(row: Found, around: Setting) -> Words:
    if row["minutes"] is None:
        return _("The way to the clinic has not been measured"), "warn", pgettext("status", "not measured")
    inside = row["minutes"] <= 15
    text = _("%(n)s minutes to the clinic") % {"n": row["minutes"]}
    return text, *(
        ("good", pgettext("status", "inside")) if inside else ("bad", pgettext("status", "outside"))
    )


def _exam(row: Found, around: Setting) -> Words:
    if row["is_examined"]:
        return (
            _("examined on %(day)s") % {"day": day(row["examined_on"])},
            "good",
            pgettext("status", "examined"),
        )
    last = row["last_examined_on"]
    return (
        _("last examined on %(day)s") % {"day": day(last)} if last else _("never examined"),
        "warn",
        pgettext("status", "to do"),
    )


def _illness(row: Found, around: Setting) -> Words:
    names = [around.diseases.get(code, code) for code in row["diseases"] or []]
    return ", ".join(names), "", ""


def _duty(row: Found, around: Setting) -> Words:
    form = form_name(row["protocol"], row["starts_on"])
    window = _("%(form)s · from %(start)s to %(end)s") % {
        "form": form,
        "start": day(row["starts_on"]),
        "end": day(row["ends_on"]),
    }
    if row["is_done"]:
        return window, "good", pgettext("status", "done")
    if row["is_overdue"]:
        days = (around.on - row["ends_on"]).days
        return window, "bad", ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
    return (
        window,
        "warn",
        pgettext("status", "open") if row["is_open"] else choice(Duty, "state", row["state"]),
    )


def _month(row: Found, around: Setting) -> Words:
    """A month of the three levels: when it was visited, and what keeps it from counting."""
    month = date_format(row["starts_on"], "YEAR_MONTH_FORMAT")
    if not row["visited_on"]:
        if row["ends_on"] >= around.on:
            return month, "warn", pgettext("monthly visit", "To be visited")
        return month, "bad", pgettext("monthly visit", "Not made")
    words = _("%(month)s · visited on %(day)s") % {"month": month, "day": day(row["visited_on"])}
    if row["is_kept"]:
        return words, "good", pgettext("monthly visit", "Kept")
    if not row["is_in_time"]:
        return words, "warn", pgettext("monthly visit", "Visited late")
    levels = _("%(levels)s of 3 doctors named") % {"levels": row["levels"]}
    return f"{words} · {levels}", "warn", pgettext("monthly visit", "Visited, not kept")


def _need(row: Found, around: Setting) -> Words:
    text = _("%(kind)s · to be met by %(day)s · %(owner)s") % {
        "kind": choice(Need, "kind", row["kind"]),
        "day": day(row["due_on"]),
        "owner": row["owner_name"],
    }
    if row["is_overdue"]:
        days = (around.on - row["due_on"]).days
        return text, "bad", ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
    return (
        text,
        "warn" if row["is_open"] else "quiet",
        pgettext("status", "open") if row["is_open"] else choice(Need, "state", row["state"]),
    )


def _visit(row: Found, around: Setting) -> Words:
    text = f"{form_name(row['protocol'], row['visited_on'])} · {day(row['visited_on'])}"
    return text, "good" if row["is_face_to_face"] else "quiet", choice(Visit, "mode", row["mode"])


def _household(row: Found, around: Setting) -> Words:
    parts = [
        ngettext("%(n)s person", "%(n)s persons", row["members"]) % {"n": row["members"]},
        choice(Household, "main_cause", row["main_cause"]) if row["main_cause"] else "",
    ]
    return " · ".join(filter(None, parts)), "quiet", choice(Household, "standing", row["standing"])


WORDS: dict[str, Callable[[Found, Setting], Words]] = {
    "person": _person,
    "insurance": _insurance,
    "contract": _contract,
    "circle": _circle,
    "exam": _exam,
    "illness": _illness,
    "patient": patient,
    "managed": managed,
    "duty": _duty,
    "need": _need,
    "referral": referral,
    "burden": burden,
    "stay": stay,
    "admission": admission,
    "village": village,
    "clinic": clinic,
    "prices": prices,
    "hospital": hospital,
    "event": event,
    "free_clinic": free_clinic,
    "surveyed": surveyed,
    "known": known,
    "screening": screening,
    "file": health_record,
    "identification": identification,
    "monitored": monitored,
    "priority": priority,
    "case": major_case,
    "closing": closing,
    "visit": _visit,
    "household": _household,
    "served": served,
    "promise": promise,
    "return": back_in_village,
    "month": _month,
}
