"""Code tables of the register (DOMAIN B5): the poverty register uses words, we keep stable codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    UNSTATED = "9", _("not stated")


class Relation(models.TextChoices):
    """To the head of the household; codes of GB/T 4761-2008 where it has one."""

    HEAD = "02", _("head of household")
    SPOUSE = "10", _("spouse")
    SON = "20", _("son")
    SON_IN_LAW = "28", _("son-in-law")
    DAUGHTER = "30", _("daughter")
    DAUGHTER_IN_LAW = "38", _("daughter-in-law")
    GRANDCHILD = "40", _("grandchild")
    PARENT = "50", _("parent")
    PARENT_IN_LAW = "55", _("parent-in-law")
    GRANDPARENT = "60", _("grandparent")
    SIBLING = "70", _("brother or sister")
    OTHER = "80", _("other")
    OTHER_RELATIVE = "97", _("other relative")
    NOT_RELATED = "99", _("not related")


class HouseholdType(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary poor household")
    SUBSISTENCE = "subsistence", _("subsistence allowance household")
    DESTITUTE = "destitute", _("destitute household")


class Standing(models.TextChoices):
    """Where a household stands in the programme; services go on after it is lifted."""

    REGISTERED = "registered", _("registered poor")
    LIFTED = "lifted", _("lifted out of poverty")
    RELAPSED = "relapsed", _("relapsed into poverty")
    MONITORED = "monitored", _("monitored")
    REMOVED = "removed", _("removed from the register")


class MonitoredKind(models.TextChoices):
    UNSTABLE = "unstable", _("lifted but unstable")
    MARGINAL = "marginal", _("marginal, easily poor")
    SUDDEN = "sudden", _("sudden serious difficulty")


class MonitoringSource(models.TextChoices):
    """Where a risk came to light."""

    WARNING = "warning", _("early warning of costs")
    NEED = "need", _("cost that could not be met")
    VISIT = "visit", _("long overdue visit")
    SWEEP = "sweep", _("regular sweep")
    REPORT = "report", _("told by the family or others")
    REGISTER = "register", _("poverty register")


class MonitoringState(models.TextChoices):
    FOUND = "found", _("risk found, to be verified at home")
    VERIFIED = "verified", _("at risk, measures to be taken")
    HELPED = "helped", _("measures at work")
    ASKED = "asked", _("removal of the risk to be decided")
    REMOVED = "removed", _("risk removed")
    DISMISSED = "dismissed", pgettext_lazy("monitoring", "no risk found")
    LEFT = "left", _("left the register")


class Holder(models.TextChoices):
    """Whose turn it is; nobody's once it has ended."""

    VILLAGE = "village", _("village")
    TOWNSHIP = "township", _("township")
    COUNTY = "county", _("county")


class MeasureKind(models.TextChoices):
    """What is done for a monitored household; health measures first."""

    MEDICAL_AID = "medical_aid", _("medical aid")
    CHRONIC = "chronic", _("outpatient benefit for chronic illness")
    TREATMENT = "treatment", _("treatment arranged, visits more often")
    INSURANCE = "insurance", _("premium paid")
    TEMPORARY = "temporary", _("temporary aid")
    SUBSISTENCE = "subsistence", pgettext_lazy("measure", "subsistence allowance")
    WORK = "work", _("work found")
    SCHOOLING = "schooling", _("help with school fees")
    HOUSING = "housing", _("safe housing or water")
    OTHER = "other", _("other")


class Cause(models.TextChoices):
    ILLNESS = "illness", _("illness")
    DISABILITY = "disability", _("disability")
    SCHOOLING = "schooling", _("schooling")
    DISASTER = "disaster", _("disaster")
    LAND = "land", _("lack of land")
    WATER = "water", _("lack of water")
    SKILL = "skill", _("lack of skills")
    LABOUR = "labour", _("lack of labour")
    MONEY = "money", _("lack of money")
    TRANSPORT = "transport", _("poor transport")
    MOTIVATION = "motivation", _("lack of motivation")
    MARRIAGE = "marriage", _("marriage")
    ACCIDENT = "accident", _("accident")
    OTHER = "other", _("other")


class LeftReason(models.TextChoices):
    DIED = "died", _("died")
    MOVED = "moved", _("moved away")
    REMOVED = "removed", _("removed by review")
    MARRIED_OUT = "married_out", _("married out")
    PRISON = "prison", _("serving a sentence")
    ARMY = "army", _("joined the army")
    OTHER = "other", _("other")


class HealthClass(models.TextChoices):
    """四类: major disease, general disease, sub-healthy, healthy (DOMAIN A52)."""

    MAJOR = "major", _("major disease")
    GENERAL = "general", _("general disease")
    SUB_HEALTHY = "sub_healthy", _("sub-healthy")
    HEALTHY = "healthy", _("healthy")


class IdentityKind(models.TextChoices):
    """In the order of benefit: the best one held counts (DOMAIN B5)."""

    DESTITUTE = "destitute", _("destitute")
    SUBSISTENCE = "subsistence", _("subsistence allowance")
    REGISTERED = "registered", _("registered poor")
    MONITORED = "monitored", _("monitored")


class Scheme(models.TextChoices):
    BASIC = "basic", _("resident basic insurance")
    CRITICAL = "critical", _("critical-illness insurance")
    SUPPLEMENTARY = "supplementary", _("supplementary insurance")
    EMPLOYEE = "employee", _("employee insurance")


class DiseaseGroup(models.TextChoices):
    CHRONIC = "chronic", _("followed chronic disease")
    MAJOR = "major", _("major disease")
    OTHER = "other", _("other")
