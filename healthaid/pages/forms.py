from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

REASONS = [
    ("visit", _("to arrange a visit")),
    ("hospital", _("for hospital or insurance paperwork")),
    ("check", _("to check the register")),
    ("emergency", _("in an emergency")),
]


class RevealForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why do you need it?"), choices=REASONS, widget=forms.RadioSelect)


class ContactForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=12,
        help_text=_("Mobile number, or landline with area code, digits only. Leave empty to remove it."),
        validators=[RegexValidator(r"^(1\d{10}|0\d{9,11})$", _("Type 11 digits, or area code and number."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
