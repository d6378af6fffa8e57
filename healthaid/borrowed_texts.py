"""Texts of libraries which we say in other words; named here so that the catalogue knows their origin."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SIGN_IN = (
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Incorrect password."),
    _("You must type the same password each time."),
)
PASSWORD = (
    _("Your old password was entered incorrectly. Please enter it again."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
)
FORMS = (_("This field is required."),)
SECOND_FACTOR = (
    _("Authenticator code"),
    _("Incorrect code."),
    _("Use authenticator app or code"),
    _("Use your password"),
)
