"""Texts of libraries which we say in other words; named here so that the catalogue knows their origin."""

from django.utils.translation import gettext_noop as _

SIGN_IN = (
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Incorrect password."),
    _("You must type the same password each time."),
)
FORMS = (_("This field is required."),)
SECOND_FACTOR = (
    _("Authenticator code"),
    _("Incorrect code."),
    _("Use authenticator app or code"),
    _("Use your password"),
)
