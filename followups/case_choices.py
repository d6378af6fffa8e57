"""Code tables of the cases of major disease: the five steps, the three levels, treatment, closing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """5个1 (DOMAIN A70): one by one registered, assigned, planned, treated, closed."""

    REGISTERED = "registered", pgettext_lazy("stage", "registered")
    ASSIGNED = "assigned", pgettext_lazy("stage", "assigned")
    PLANNED = "planned", pgettext_lazy("stage", "planned")
    TREATING = "treating", pgettext_lazy("stage", "in treatment")
    CLOSED = "closed", pgettext_lazy("stage", "closed")


class CareLevel(models.TextChoices):
    """三级签约 (DOMAIN A67); the doctor of the county's hospital answers for the case (A74)."""

    COUNTY = "county", _("county hospital doctor")
    TOWNSHIP = "township", _("township doctor")
    VILLAGE = "village", pgettext_lazy("level", "village doctor")


class TreatmentStatus(models.TextChoices):
    OPERATED = "operated", _("operated")
    CONSERVATIVE = "conservative", _("treated without operation")
    IN_TREATMENT = "in_treatment", _("in treatment")
    NOT_TREATED = "not_treated", _("not treated")


class WhyNot(models.TextChoices):
    """Why somebody is not treated (DOMAIN A75)."""

    UNSUITABLE = "unsuitable", _("not fit for an operation")
    DECLINED = "declined", _("the person declines")
    WAITING = "waiting", _("waiting for a date")
    TRANSFERRED = "transferred", _("referred to another hospital")
    OTHER = "other", _("another reason")


class CloseReason(models.TextChoices):
    CURED = "cured", _("cured")
    STABLE = "stable", _("better and stable")
    DIED = "died", _("died")
    DECLINED = "declined", _("treatment given up by the person")
    MOVED = "moved", _("moved away")


# Who died or moved away cannot walk the steps that were left.
GONE = (CloseReason.DIED, CloseReason.MOVED)


class ClosingState(models.TextChoices):
    PENDING = "pending", _("waiting for approval")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ScreeningOutcome(models.TextChoices):
    NONE_FOUND = "none_found", _("nothing found")
    SUSPECTED = "suspected", _("suspected, to be examined further")
    CONFIRMED = "confirmed", _("confirmed")
    TO_OPERATE = "to_operate", _("operation advised")
