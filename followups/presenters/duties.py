"""A duty as people say it: which form, why it is owed, how late it is, what was found last."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.base.periods import age_on
from followups.choices import DutyState, Risk
from followups.models import Duty, Visit
from followups.presenters.assessment import present_assessment
from followups.presenters.reasons import last_hour, moved, told, why
from followups.presenters.values import day_and_hour, day_month, in_language, value_text
from followups.protocols.library import UnknownProtocol, edition, protocol
from followups.queries.today import HouseholdDay
from households.models import Person


@dataclass(frozen=True)
class DutyLine:
    """One row of the list, ready to be drawn."""

    pk: int
    title: str
    form: str
    why: str
    last: str
    when: str
    tone: str
    url: str
    not_found_url: str
    move_url: str
    moved: str = ""
    told: str = ""


@dataclass(frozen=True)
class ShortLine:
    """What can wait, in one line: who, which form, until when, and the way to the form."""

    title: str
    form: str
    when: str
    tone: str
    url: str


@dataclass(frozen=True)
class HouseLine:
    """One household at a glance."""

    anchor: str
    title: str
    place: str
    household_uuid: str
    lines: list[ShortLine]


@dataclass(frozen=True)
class DayCard:
    """One household of Today: `lines` at length, `also` what can be done on the same way."""

    anchor: str
    title: str
    place: str
    size: str
    lines: list[DutyLine]
    also: list["ShortLine"]
    urgent: bool
    late: int
    needs: int
    household_uuid: str
    phone: str
    back: str

    @property
    def move_url(self) -> str:
        """Where the first visit that may still be put on another day of its window is moved; else empty."""
        return next((line.move_url for line in self.lines if line.move_url), "")


def present_day(day: HouseholdDay, on: date, *, back: str, whole: bool = False) -> DayCard:
    """This will word one household of the list: what cannot wait at length, the rest in a line each; with
    `whole` everything at length. `back` is where to come back to after the visit."""
    home, head = day.household, day.head
    chosen = day.duties if whole else day.first(on)
    together = _together(day.duties)
    first = {_about_whom(duty) for duty in chosen}
    return DayCard(
        anchor=f"h-{home.pk}",
        title=_house(day),
        place=" · ".join(filter(None, [home.village.name, home.group_name])),
        size=ngettext("%(count)s person", "%(count)s persons", len(day.members))
        % {"count": len(day.members)},
        lines=[_line(together[key], on, day.last.get(key), back) for key in together if key in first],
        also=[_short(together[key], on, back) for key in together if key not in first],
        urgent=day.risk >= Risk.URGENT,
        late=day.days_late(on),
        needs=day.needs,
        household_uuid=str(home.uuid),
        phone=home.phone_masked or (head.phone_masked if head else ""),
        back=back,
    )


def present_at_a_glance(day: HouseholdDay, on: date, *, back: str) -> HouseLine:
    """This will word one household in a line, and in a line each what is owed to it."""
    home = day.household
    return HouseLine(
        anchor=f"h-{home.pk}",
        title=_house(day),
        place=" · ".join(filter(None, [home.village.name, home.group_name])),
        household_uuid=str(home.uuid),
        lines=[_short(duties, on, back) for duties in _together(day.duties).values()],
    )


def _house(day: HouseholdDay) -> str:
    return _("%(name)s's household") % {"name": day.head.name} if day.head else day.household.register_no


def _about_whom(duty: Duty) -> tuple[int | None, str]:
    return duty.person_id, duty.protocol


def _together(duties: list[Duty]) -> dict[tuple[int | None, str], list[Duty]]:
    """By person and form: one visit may do for several duties, so they are told together."""
    found: dict[tuple[int | None, str], list[Duty]] = {}
    for duty in duties:
        found.setdefault(_about_whom(duty), []).append(duty)
    return found


def _short(duties: list[Duty], on: date, back: str) -> ShortLine:
    first = min(duties, key=lambda duty: duty.ends_on)
    when, tone = lateness(first, on)
    return ShortLine(_whom(first, on), form_name(first.protocol, on), when, tone, _form(first, back))


def _line(duties: list[Duty], on: date, last: Visit | None, back: str) -> DutyLine:
    first = min(duties, key=lambda duty: duty.ends_on)
    reasons = list(dict.fromkeys(why(duty, on, last) for duty in duties))
    return replace(
        present_duty(first, on, last=last, back=back),
        why=pgettext("between reasons", "; ").join(reasons),
        moved=next(filter(None, (moved(duty, on) for duty in duties)), ""),
        told=next(filter(None, (told(duty, on) for duty in duties)), ""),
    )


def present_duty(duty: Duty, on: date, *, last: Visit | None = None, back: str = "") -> DutyLine:
    """This will word one duty, with the last visit on the same form beside it."""
    when, tone = lateness(duty, on)
    return DutyLine(
        pk=duty.pk,
        title=_whom(duty, on),
        form=form_name(duty.protocol, on),
        why=why(duty, on, last),
        last=last_words(last, on),
        when=when,
        tone=tone,
        url=_form(duty, back),
        not_found_url=_beside("not_found", duty, back),
        move_url=_beside("duty_move", duty, back) if duty.ends_on >= on else "",
    )


def present_hours(duty: Duty, on: date) -> dict[str, str] | None:
    """Of a visit owed within hours: when they end, and where the hour of the notice is noted."""
    if last_hour(duty) is None or duty.state != DutyState.OPEN:
        return None
    return {"text": why(duty, on, None), "url": reverse("followups:notice", args=[duty.pk])}


def _whom(duty: Duty, on: date) -> str:
    if duty.person is None:
        return _("The whole household")
    return _("%(name)s, %(age)s") % {"name": duty.person.name, "age": age_on(duty.person.birth_date, on)}


def _form(duty: Duty, back: str) -> str:
    return f"{reverse('followups:visit_new')}?duty={duty.pk}{about(duty)}{_back(back)}"


def about(duty: Duty) -> str:
    """What the form is about, so that a phone without network finds its own copy of it."""
    if duty.person:
        return f"&person={duty.person.uuid}&protocol={duty.protocol}"
    return f"&household={duty.household.uuid}"


def _beside(act: str, duty: Duty, back: str) -> str:
    return f"{reverse(f'followups:{act}', args=[duty.pk])}?{_back(back).lstrip('&')}".rstrip("?")


def _back(back: str) -> str:
    return f"&back={back}" if back else ""


def form_name(code: str, on: date) -> str:
    """The form's short name in the reader's language."""
    try:
        return in_language(protocol(code, on=on).short)
    except UnknownProtocol:
        return code


def lateness(duty: Duty, on: date) -> tuple[str, str]:
    """How late or how soon, and the tone of the pill that says it."""
    days = (on - duty.ends_on).days
    if days > 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}, "bad"
    if until := last_hour(duty):
        words = pgettext("a duty", "By %(day)s") % {"day": day_and_hour(until, on)}
        return words, "bad" if days == 0 else "warn"
    left = (duty.due_on - on).days
    if left == 0:
        return _("Today"), "warn"
    if left < 0:
        return pgettext("a duty", "By %(day)s") % {"day": day_month(duty.ends_on, on)}, "warn"
    return ngettext("In %(days)s day", "In %(days)s days", left) % {"days": left}, "quiet"


def last_words(last: Visit | None, on: date) -> str:
    """The last visit on this form: day, reading, class."""
    if last is None:
        return _("Not visited yet")
    parts = [
        reading(last),
        present_assessment(edition(f"{last.protocol}_{last.edition}"), last.assessment).word,
    ]
    day = _("Last time %(day)s") % {"day": day_month(last.visited_on, on)}
    return " · ".join([day, *filter(None, parts)])


def reading(visit: Visit) -> str:
    pressure = f"{visit.sbp}/{visit.dbp}" if visit.sbp and visit.dbp else ""
    glucose = f"{visit.fpg.normalize():f} mmol/L" if visit.fpg else ""
    return " · ".join(filter(None, [pressure, glucose, headline(visit)]))


def headline(visit: Visit) -> str:
    """What its form tells of a visit in one line, such as the month of treatment and the doses missed."""
    form = edition(f"{visit.protocol}_{visit.edition}")
    told = [(form.by_code[code], visit.answers.get(code)) for code in form.headline]
    return " · ".join(
        f"{in_language(item.name)} {value_text(form, item, value)}"
        for item, value in told
        if value is not None
    )


def present_person(person: Person, on: date) -> dict[str, Any]:
    """Name, age and sex as they head a page."""
    return {
        "name": person.name,
        "age": age_on(person.birth_date, on),
        "sex": person.get_sex_display(),
        "uuid": person.uuid,
        "relation": person.get_relation_display(),
    }
