"""What was read from a hospital's list, and what has to be mended in it, in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.billfile.model import BillFile, Problem
from claims.choices import ItemCategory, ItemClass
from claims.presenters.bills import Costs, costs_of
from core.base.sheets import OpeningError

SHOWN = 30
_FIELDS = {
    "category": gettext_lazy("kind of cost"),
    "item_class": gettext_lazy("class (A, B, outside)"),
    "amount": gettext_lazy("amount"),
}
_PROBLEMS = {
    "header_missing": gettext_lazy(
        "No row of headings was found. Paste the row with the names of the columns too."
    ),
    "nothing": gettext_lazy("There is no cost in it. Check whether it is the right list."),
    "category": gettext_lazy("This kind of cost is not known. Write for example 床位费 or 西药费."),
    "item_class": gettext_lazy("This class is not known. Write 甲, 乙 or 自费."),
    "amount": gettext_lazy("This is not an amount with at most two decimals."),
    "first_pay": gettext_lazy("What is paid first is not an amount."),
    "first_rate": gettext_lazy("The share paid first is not a share, such as 10%."),
    "over_limit": gettext_lazy("What is over the limit is not an amount."),
}
_OPENING = {
    "file_empty": gettext_lazy("The file is empty. Choose another one."),
    "file_kind": gettext_lazy("This is neither an Excel file (.xlsx) nor a text file (.csv)."),
    "file_old_or_locked": gettext_lazy("Save the file as .xlsx without a password, and choose it again."),
    "file_damaged": gettext_lazy("The file is damaged. Export it again."),
    "file_encoding": gettext_lazy("The letters of the file cannot be read. Save it as .xlsx."),
}


@dataclass(frozen=True)
class FileProblem:
    row: int
    place: str
    value: str
    words: str


@dataclass(frozen=True)
class BillFileView:
    costs: Costs
    lines: int
    refunds: str
    stated: Decimal | None
    difference: Decimal
    problems: list[FileProblem]
    hidden: int


def opening_words(error: OpeningError) -> str:
    return str(_OPENING.get(error.code, _("The file is too large for one bill.")))


def present_file(read: BillFile) -> BillFileView:
    """The sums as the grid will hold them, and at most thirty problems, each with its row."""
    problems = [_problem(each) for each in read.problems]
    if read.stated_total is not None and read.stated_total != read.total and not problems:
        problems.append(_total_differs(read))
    count = read.refunds
    return BillFileView(
        costs=costs_of(read.parts, _("Together")),
        lines=len(read.lines),
        refunds=ngettext("%(n)s refund taken off", "%(n)s refunds taken off", count) % {"n": count}
        if count
        else "",
        stated=read.stated_total,
        difference=(read.stated_total or read.total) - read.total,
        problems=problems[:SHOWN],
        hidden=max(len(problems) - SHOWN, 0),
    )


def _refunds(count: int) -> str:
    return ngettext("%(n)s refund taken off", "%(n)s refunds taken off", count) % {"n": count}


def _total_differs(read: BillFile) -> FileProblem:
    words = _(
        "The lines make %(sum)s yuan, the list says %(stated)s. Check whether a line is missing or doubled."
    )
    slots = {"sum": f"{read.total:,.2f}", "stated": f"{read.stated_total:,.2f}"}
    return FileProblem(0, _("whole list"), "", words % slots)


def _problem(problem: Problem) -> FileProblem:
    place = _("row %(n)s") % {"n": problem.row} if problem.row else _("whole list")
    if problem.column:
        place = f"{place} · {problem.column}"
    return FileProblem(problem.row, place, _value(problem), _words(problem))


def _value(problem: Problem) -> str:
    return "" if problem.code in ("column_missing", "refund_over", "parts") else problem.value


def _words(problem: Problem) -> str:
    if problem.code == "column_missing":
        words = _("No column says: %(field)s. Choose the column below.")
        return words % {"field": _FIELDS[problem.value]}
    if problem.code in ("refund_over", "parts"):
        category, _bar, item_class = problem.value.partition("|")
        of = f"{ItemCategory(category).label} · {ItemClass(item_class).label}"
        if problem.code == "parts":
            return _("%(of)s: paid first and over the limit are more than the amount.") % {"of": of}
        return _("%(of)s: more was given back than charged.") % {"of": of}
    return str(_PROBLEMS[problem.code])
