"""Code tables of identification: the lists, what a screening found, the three levels and how a case ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """What a published list is for. Only those for special treatment are marked on the disease itself."""

    TREATMENT = "treatment", _("special treatment")
    IDENTIFICATION = "identification", _("identification")


class EntryGroup(models.TextChoices):
    """重点病, 次重点病 (DOMAIN A61)."""

    KEY = "key", _("key disease")
    SECONDARY = "secondary", _("secondary disease")


class RoundKind(models.TextChoices):
    SWEEP = "sweep", _("screening of everybody")
    VERIFICATION = "verification", _("re-verification")


class Result(models.TextChoices):
    NONE = "none", _("none found")
    SUSPECTED = "suspected", _("suspected")
    FOUND = "found", pgettext_lazy("screening", "found")


class How(models.TextChoices):
    HOME = "home", _("visit at home")
    CLINIC = "clinic", _("examined at the clinic")
    RECORDS = "records", _("hospital and insurance records")
    PHONE = "phone", _("asked by telephone")


class CaseLevel(models.TextChoices):
    VILLAGE = "village", _("village")
    TOWNSHIP = "township", _("township")
    COUNTY = "county", _("county")


class CaseState(models.TextChoices):
    """`returned` waits at the level below for new opinions; the last two are final."""

    OPEN = "open", pgettext_lazy("identification", "on its way")
    RETURNED = "returned", pgettext_lazy("identification", "returned")
    CONFIRMED = "confirmed", pgettext_lazy("identification", "confirmed")
    REJECTED = "rejected", pgettext_lazy("identification", "rejected")


UNDECIDED = (CaseState.OPEN, CaseState.RETURNED)


class Addressee(models.TextChoices):
    """Whom the two letters go to (DOMAIN A63)."""

    COMMITTEE = "committee", _("village committee")
    TOWN = "town", _("town government")
