"""The shapes of the cases of major disease."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from followups.case_choices import CareLevel, CloseReason, Stage, TreatmentStatus, WhyNot
from healthaid.api.contracts import AREA_CODE, code, code_or_blank, day, text, whole


class Case(s.Serializer):
    id = s.UUIDField()
    person = s.UUIDField()
    household = s.UUIDField()
    village = text(AREA_CODE)
    disease = text(_("Code of the disease"))
    catalogue = text(_("The published list it was opened by: 11, 30, …"))
    stage = code(Stage.choices, _("The newest of the five steps"))
    registered_on = day()
    treatment = code_or_blank(TreatmentStatus.choices, _("By the newest record; blank before the first"))
    why_not = code_or_blank(WhyNot.choices, _("Why there is no treatment"))
    responsible_doctor = s.CharField(
        allow_null=True, help_text=_("Name of the county hospital's doctor who answers for the person today")
    )
    plan_in_force = whole(_("Version of the plan that all three doctors signed"), null=True)
    closed_on = day(null=True)
    close_reason = code_or_blank(CloseReason.choices)
    previous = s.UUIDField(allow_null=True, help_text=_("The closed case before a relapse"))
    changed_at = s.DateTimeField()


class CaseStep(s.Serializer):
    stage = code(Stage.choices)
    on = day()


class CaseDoctor(s.Serializer):
    level = code(CareLevel.choices)
    name = text()
    institution = text()
    since = day()


class CaseTreatment(s.Serializer):
    status = code(TreatmentStatus.choices)
    on = day()
    hospital = text()
    why_not = code_or_blank(WhyNot.choices)


class CaseRecord(Case):
    steps = CaseStep(many=True)
    doctors = CaseDoctor(many=True)
    treatments = CaseTreatment(many=True)
