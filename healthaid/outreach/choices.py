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


class ClinicGrade(models.TextChoices):
    A = "a", pgettext_lazy("clinic grade", "grade A")
    B = "b", pgettext_lazy("clinic grade", "grade B")
    C = "c", pgettext_lazy("clinic grade", "grade C")


class EventKind(models.TextChoices):
    FREE_CLINIC = "free_clinic", _("free clinic")
    LECTURE = "lecture", _("health lecture")
    PUBLICITY = "publicity", _("publicity")
    DELIVERY = "delivery", _("drugs brought to the door")


class Channel(models.TextChoices):
    """1+1+1 (DOMAIN A95): media, in the hospital, at the household."""

    TELEVISION = "television", _("television")
    RADIO = "radio", _("radio and village loudspeaker")
    WECHAT = "wechat", _("WeChat and short messages")
    BOARD = "board", _("notice board")
    BEDSIDE = "bedside", _("talk at the bedside")
    LEAFLET = "leaflet", _("leaflets and posters")
    HOME_TALK = "home_talk", _("talk at home")
    TEAM = "team", _("publicity team on the road")


class WhyReplaced(models.TextChoices):
    DOCTOR = "doctor", _("another doctor answers for the household")
    LOST = "lost", _("lost or damaged")
    EXPIRED = "expired", _("run out")
    RULES = "rules", _("the rules have changed")


class AnsweredBy(models.TextChoices):
    HEAD = "head", _("head of the household")
    MEMBER = "member", _("another grown-up member")


class WhyNotAsked(models.TextChoices):
    """Why a drawn household gave no answers; it stays in the base."""

    AWAY = "away", _("everybody is away for work")
    NOBODY = "nobody", _("nobody met at home")
    UNABLE = "unable", _("nobody able to answer")
    REFUSED = "refused", _("did not want to answer")
