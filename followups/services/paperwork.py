"""The paperwork of a need: laid out once, ticked one by one, each with who did it and when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from followups.choices import StepKind
from followups.models import Need, NeedTask
from followups.paperwork import all_papers, papers_of
from followups.services.needs import note_on_need


def lay_out_papers(*, need: Need, by: User) -> int:
    """This will list the paperwork that the kind of need takes; gives how many lines are new."""
    check(by, "work_need")
    return lay_out(need)


def lay_out(need: Need) -> int:
    """The same for a caller that has been checked already: an admission brings its papers."""
    known = set(need.tasks.values_list("code", flat=True))
    new = [NeedTask(need=need, code=code) for code in papers_of(need.kind) if code not in known]
    return len(NeedTask.objects.bulk_create(new, ignore_conflicts=True))


def do_paper(*, task: NeedTask, by: User, on: date, note: str = "") -> NeedTask:
    """This will tick one piece of paperwork, with a line in the need's log.

    :raises ValidationError: without a note where the piece is a talk with somebody.
    """
    check(by, "work_need")
    paper = all_papers()[task.code]
    if paper.says and not note.strip():
        raise ValidationError({"note": _("Write down with whom you spoke and what was said.")})
    with transaction.atomic():
        held: NeedTask = NeedTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if held.done_on is None:
            held.done_on, held.done_by, held.note = on, by, note.strip()
            held.save(update_fields=["done_on", "done_by", "note"])
            words = " · ".join(filter(None, [paper.title.get(get_language() or "zh-hans"), held.note]))
            kind = StepKind.INSURER if task.code == "insurer" else StepKind.TASK
            note_on_need(need=held.need, kind=kind, note=words, by=by, on=on)
    return held


def undo_paper(*, task: NeedTask, by: User, on: date) -> NeedTask:
    """This will take a tick back, with a line in the need's log."""
    check(by, "work_need")
    with transaction.atomic():
        held: NeedTask = NeedTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if held.done_on is not None:
            held.done_on, held.done_by, held.note = None, None, ""
            held.save(update_fields=["done_on", "done_by", "note"])
            title = all_papers()[task.code].title.get(get_language() or "zh-hans")
            note_on_need(
                need=held.need, kind=StepKind.NOTE, note=_("Not done yet: %(paper)s") % {"paper": title},
                by=by, on=on,
            )  # fmt: skip
    return held
