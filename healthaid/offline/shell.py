"""What each page tells the phone: whose it is, and the words that the scripts say."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import may
from core.accounts.phones import phone_user
from core.base.release import release


def phone_shell(user: User | AnonymousUser | None) -> dict[str, Any]:
    """For the page's frame: `user` is the opaque name, `texts` only for who records visits."""
    if not isinstance(user, User) or not user.is_authenticated:
        words = _("%(count)s records wait safely on this phone. They go on once their user has signed in.")
        return {"user": "", "doctor": False, "build": release(), "texts": {"waitingHere": words}}
    doctor = may(user, "record_visit")
    return {
        "user": phone_user(user),
        "doctor": doctor,
        "build": release(),
        "texts": _texts() if doctor else {},
    }


def _texts() -> dict[str, str]:
    return {
        "waiting": _("%(count)s to upload"),
        "refused": _("%(count)s refused"),
        "copy": _("No network. You see what this phone kept on %(time)s."),
        "offline": _("No network at the moment."),
        "expired": _("You were signed out. %(count)s records wait safely on this phone."),
        "signIn": _("Sign in again and they go on"),
        "held": _("No network: this could not be sent. What you typed is still here."),
        "unsent": _("%(count)s records are not uploaded yet."),
        "network": _("No network at the moment. They stay on this phone."),
        "server": _("The server cannot take them at the moment. They stay on this phone."),
        "locked": _("Please sign in first."),
        "signed_out": _("Please sign in again first."),
        "other_user": _("Somebody else is signed in here. Their own records wait for them."),
    }
