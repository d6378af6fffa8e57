"""The pages about teams and contracts, side by side."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.accounts.models import User
from core.accounts.permissions import may

_PLACES = (
    ("see_teams", "teams", _("Teams")),
    ("see_teams", "unserved", _("Signed but not served")),
    ("see_teams", "uncovered", pgettext_lazy("persons", "Not covered")),
    ("sign_contract", "contracts_ending", pgettext_lazy("contracts", "Ending soon")),
    ("see_teams", "signed", _("Sign statistics")),
    ("see_teams", "satisfaction", _("Satisfaction")),
    ("see_teams", "feedback_list", _("Praise and complaints")),
)


def contract_places(user: User, active: str) -> list[dict[str, Any]]:
    """Tabs for components/tabs.html; only those the user may enter."""
    return [
        {"label": label, "url": reverse(f"followups:{name}"), "active": name == active, "count": None}
        for act, name, label in _PLACES
        if may(user, act)
    ]
