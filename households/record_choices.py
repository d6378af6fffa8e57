"""Code tables of the record: who decided the class, who bears an examination, why somebody is not insured."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Basis(models.TextChoices):
    RULE = "rule", _("by the rule")
    OVERRIDE = "override", _("set by hand")


class Bearer(models.TextChoices):
    """体检费用由各卫生院承担 (DOMAIN A50); where it is otherwise, it is said."""

    TOWNSHIP_HOSPITAL = "township", _("township hospital")
    PUBLIC_HEALTH = "public_health", _("basic public health funds")
    COUNTY = "county", _("county finance")
    FAMILY = "family", pgettext_lazy("bearer", "the family")


class WhyNot(models.TextChoices):
    """Why somebody is not enrolled (DOMAIN A6), in the words of the office, as imports have them."""

    EMPLOYEE = "参加职工医保", _("has employee insurance")
    ELSEWHERE = "在外地参保", _("enrolled elsewhere")
    ARMY = "参军", _("joined the army")
    PRISON = "服刑", _("serving a sentence")
    DIED = "死亡", _("died")
    NOT_PAID = "暂未缴费", _("has not paid yet")
    UNWILLING = "本人不愿参保", _("does not wish to enrol")
