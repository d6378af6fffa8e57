"""Code lists of meetings, activities, events and what is handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    COORDINATION = "coordination", _("coordination of departments")
    WORK = "work", _("work meeting")
    REVIEW = "review", _("review of progress")
    TRAINING = "training", pgettext_lazy("meeting", "training")


class Department(models.TextChoices):
    """Who is asked to a table: the departments of DOMAIN A76 and those that carry the work."""

    HEALTH = "health", _("health bureau")
    CIVIL_AFFAIRS = "civil_affairs", _("civil affairs")
    FINANCE = "finance", pgettext_lazy("department", "finance")
    INSURANCE = "insurance", _("medical insurance bureau")
    INSURER = "insurer", _("insurance company")
    DISABLED = "disabled", _("disabled persons' federation")
    REVITALISATION = "revitalisation", _("rural revitalisation")
    TOWNSHIPS = "townships", _("streets and townships")
    HOSPITALS = "hospitals", _("hospitals")


# Who has to be at the table of a coordination meeting (DOMAIN A76: 民政、财政、保险公司、残联).
COORDINATED = (Department.CIVIL_AFFAIRS, Department.FINANCE, Department.INSURER, Department.DISABLED)


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "no longer needed")
