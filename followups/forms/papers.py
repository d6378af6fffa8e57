"""Files beside words: judged by their content at once, so that a step is not taken and its paper refused."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.base.forms import PaperField
from followups.case_choices import Stage

AGAIN = _("Choose the file once more: it has not been kept yet.")


class WithPaper(forms.Form):
    """A form whose words may come with a file; where it is shown again, it asks for the file again."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"] = PaperField(required=False)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field != "file":
            self.ask_again()

    def ask_again(self) -> None:
        """No browser keeps a chosen file when the page comes back."""
        told = self._errors or {}  # type: ignore[attr-defined]
        if self.files.get(self.add_prefix("file")) and "file" not in told:
            super().add_error("file", ValidationError(AGAIN))


class PaperForm(forms.Form):
    """One file by itself."""

    file = PaperField()


class StepPaperForm(PaperForm):
    """Beside the file: which of the five steps it shows."""

    field_order = ("stage", "file")
    stage = forms.ChoiceField(label=_("What does it show?"))

    def __init__(self, *args: Any, stages: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = [(each, Stage(each).label) for each in stages]  # type: ignore[attr-defined]
        self.fields["stage"].initial = stages[-1]
