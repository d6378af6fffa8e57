"""Events in plain values."""

from typing import Any

from django.utils.translation import gettext as _

from healthaid.outreach.choices import Channel, EventKind
from healthaid.outreach.models import Event
from healthaid.outreach.queries.events import EventSums

ICONS = {
    EventKind.FREE_CLINIC: "clinic",
    EventKind.LECTURE: "people",
    EventKind.PUBLICITY: "bell",
    EventKind.DELIVERY: "medicine",
}


def present_event(event: Event) -> dict[str, Any]:
    kind = event.get_kind_display()
    counts = _("%(n)s persons reached") % {"n": f"{event.attendance:,}"}
    if event.found:
        counts += _(", %(n)s newly suspected ill") % {"n": event.found}
    return {
        "title": event.title,
        "kind": f"{kind} · {event.get_channel_display()}" if event.channel else kind,
        "place": event.area.name,
        "unit": event.institution.name if event.institution else "",
        "on": event.held_on,
        "counts": counts,
        "icon": ICONS[EventKind(event.kind)],
        "note": event.note,
    }


def present_sums(sums: EventSums) -> dict[str, Any]:
    return {
        "label": sums.kind.label,
        "events": sums.events,
        "reached": _("%(n)s persons reached") % {"n": f"{sums.attendance:,}"},
        "code": str(sums.kind),
    }


def channel_words(counted: dict[str, int]) -> list[dict[str, Any]]:
    labels = dict(Channel.choices)
    return [{"code": code, "label": labels.get(code, code), "count": n} for code, n in counted.items()]
