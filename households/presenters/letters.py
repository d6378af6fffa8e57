"""The letters in words: to whom, under which number, and the paper itself."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.accounts.models import Area
from households.identification_choices import Addressee
from households.models import IdentificationLetter, LetterLine
from households.papers.letter import Letter
from households.presenters.identification import listed_name

COMMITTEE_SUFFIXES = ("村委会", "居委会", "委员会")


def office_words(addressee: str, area: Area) -> str:
    """The office a letter goes to: the committee is often part of a village's name already."""
    if addressee == Addressee.TOWN:
        return _("%(area)s, people's government or street office") % {"area": area.name}
    return (
        area.name
        if area.name.endswith(COMMITTEE_SUFFIXES)
        else _("%(area)s, committee") % {"area": area.name}
    )


def number_words(letter: IdentificationLetter) -> str:
    told = {"area": letter.area.name, "year": letter.year, "number": letter.number}
    return _("%(area)s identification [%(year)s] no. %(number)s") % told


def present_letter(letter: IdentificationLetter) -> dict[str, Any]:
    return {
        "url": reverse("identification:letter", args=[letter.uuid]),
        "pdf": reverse("identification:letter_pdf", args=[letter.uuid]),
        "number": number_words(letter),
        "office": office_words(letter.addressee, letter.area),
        "dated": letter.dated,
        "by": letter.written_by.get_full_name(),
        "cases": letter.cases,  # type: ignore[attr-defined]
        "received_on": letter.received_on,
        "received_by": letter.received_by,
        "status": _("received") if letter.received_on else _("no receipt yet"),
        "tone": "good" if letter.received_on else "warn",
    }


def present_line(line: LetterLine) -> dict[str, Any]:
    """A letter never lists what is for health staff only, so the disease stands here for everybody."""
    case = line.case
    return {
        "url": reverse("identification:case", args=[case.uuid]),
        "name": case.person.name,
        "register_no": case.person.household.register_no,
        "village": case.village.name,
        "sex": case.person.get_sex_display(),
        "disease": listed_name(case),
        "state": _("confirmed by the county") if line.state == "confirmed" else _level(line),
    }


def _level(line: LetterLine) -> str:
    return _("with the %(level)s") % {"level": line.get_level_display()}


def letter_paper(letter: IdentificationLetter, lines: list[LetterLine], trace: str) -> Letter:
    """The paper in the language of the page."""
    office = office_words(letter.addressee, letter.area)
    rows = [present_line(line) for line in lines]
    number = number_words(letter)
    return Letter(
        language=translation.get_language() or "zh-hans",
        title=_("Report of the identification of illness among the registered poor"),
        number=number,
        to=_("To: %(office)s") % {"office": office},
        sentences=(
            _("Everybody registered was screened against the list of diseases; below are %(n)s cases.")
            % {"n": len(rows)},
            _("Please check them against the poverty register, give your opinion and sign for the letter."),
        ),
        heads=(_("no."), _("Name"), _("Sex"), _("Register number"), _("Disease"), _("Where it stands")),
        rows=tuple(
            (str(n), row["name"], row["sex"], row["register_no"], row["disease"], row["state"])
            for n, row in enumerate(rows, start=1)
        ),
        sender=letter.written_by.get_full_name(),
        dated=date_format(letter.dated, "DATE_FORMAT"),
        receipt_title=pgettext("letter", "Receipt"),
        receipt=_("%(office)s has received %(number)s with a list of %(n)s cases.")
        % {"office": office, "number": number, "n": len(rows)},
        places=(_("Received by (signature, seal):"), _("Day:")),
        trace=trace,
    )
