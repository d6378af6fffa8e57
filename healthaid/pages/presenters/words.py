"""Small words every page shares: ages, standings, lateness."""

from datetime import date

from django.utils.translation import ngettext

from core.base.periods import age_on
from core.base.words import listed
from households.choices import Cause, Standing
from households.models import Household

TONES: dict[str, str] = {
    Standing.REGISTERED: "info",
    Standing.LIFTED: "good",
    Standing.RELAPSED: "bad",
    Standing.MONITORED: "warn",
    Standing.REMOVED: "quiet",
}


def age_words(born: date, on: date) -> str:
    years = age_on(born, on)
    return ngettext("%(n)s year old", "%(n)s years old", years) % {"n": years}


def causes_words(household: Household) -> str:
    codes = [code for code in [household.main_cause, *household.other_causes] if code]
    return listed(Cause(code).label for code in codes)


def late_words(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
