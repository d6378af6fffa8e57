"""What each class is called, form by form: the same digit is good on one form and bad on another."""

from dataclasses import dataclass
from functools import cache

from core.base.texts import Text
from followups.protocols.library import editions


@dataclass(frozen=True)
class ClassOfForm:
    protocol: str
    edition: str
    code: str
    label: Text
    tone: str


@cache
def all_classes() -> tuple[ClassOfForm, ...]:
    """This will give the classes of every form and edition, the gravest of each first."""
    return tuple(
        ClassOfForm(form.code, form.edition, outcome.code, outcome.label, outcome.tone)
        for form in editions()
        for outcome in form.assessment.classes
    )


def class_codes() -> list[str]:
    """Every code that some form gives to a class; what it means is only said together with its form."""
    return sorted({each.code for each in all_classes()})


def class_label(protocol: str, edition: str, code: str) -> Text | None:
    """The words of one class, None where the form has no such class."""
    wanted = (protocol, edition, code)
    return next((c.label for c in all_classes() if (c.protocol, c.edition, c.code) == wanted), None)
