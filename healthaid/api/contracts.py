"""The shapes that the API promises. PostgreSQL makes the JSON itself; tests hold it to these."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from followups.choices import DutyState, Mode, NeedKind, Risk
from healthaid.api.promised import Promise
from households.choices import (
    Cause,
    HealthClass,
    HouseholdType,
    IdentityKind,
    LeftReason,
    MonitoredKind,
    Relation,
    Scheme,
    Sex,
    Standing,
)

AREA_CODE = _("Official code of the area; a village has 12 digits")
CLASS = _("Class as its own form codes it: 1 is controlled for hypertension and unstable for mental disorder")
MASKED = _("Masked, unless the token has the scope identify and a purpose is stated")


def text(help_text: Any = "", **more: Any) -> s.CharField:
    return s.CharField(help_text=help_text, allow_blank=True, **more)


def code(choices: Any, help_text: Any = "", **more: Any) -> s.ChoiceField:
    return s.ChoiceField(choices=choices, help_text=help_text, **more)


def code_or_blank(choices: Any, help_text: Any = "", **more: Any) -> s.ChoiceField:
    return code(choices, help_text, allow_blank=True, **more)


def day(help_text: Any = "", *, null: bool = False) -> s.DateField:
    return s.DateField(help_text=help_text, allow_null=null)


def number(help_text: Any = "") -> s.FloatField:
    return s.FloatField(help_text=help_text, allow_null=True)


def whole(help_text: Any = "", *, null: bool = False) -> s.IntegerField:
    return s.IntegerField(help_text=help_text, allow_null=null)


class Condition(s.Serializer):
    disease = text(_("Code of the disease, such as hypertension"))
    name_zh = text()
    name_en = text()
    icd10 = text()
    confirmed_on = day()
    managed = s.BooleanField()


class Identity(s.Serializer):
    kind = code(IdentityKind.choices)
    since = day(null=True)
    until = day(_("First day on which it no longer held"), null=True)


class Enrolment(s.Serializer):
    year = whole()
    scheme = code(Scheme.choices)
    enrolled = s.BooleanField()
    paid_by = text(_("self, government or shared"))
    amount = number(_("Yuan"))
    why_not = text()


class Contract(s.Serializer):
    team = text()
    package = text()
    since = day(null=True)
    until = day(null=True)
    promised = s.DictField(help_text=_("How many of each item the year brings"))


class Status(s.Serializer):
    standing = code(Standing.choices)
    monitored_kind = code_or_blank(MonitoredKind.choices)
    risk = code_or_blank(Cause.choices)
    since = day(null=True)
    until = day(_("First day on which it no longer held"), null=True)


class PersonFields(s.Serializer):
    id = s.UUIDField()
    person_no = text(_("Number in the poverty register"))
    name = text(MASKED)
    relation = code(Relation.choices, _("Relation to the head, GB/T 4761"))
    sex = code(Sex.choices, _("GB/T 2261.1"))
    birth_year = whole()
    birth_date = day(_("null, unless the token has the scope identify and a purpose is stated"), null=True)
    ethnicity = text()
    education = text()
    labour = text()
    health_status = text(_("As the poverty register words it"))
    health_class = code(HealthClass.choices)
    id_number = s.CharField(help_text=MASKED, allow_blank=True, allow_null=True)
    phone = s.CharField(help_text=MASKED, allow_blank=True, allow_null=True)
    disability_kind = text()
    disability_level = text()
    left_on = day(null=True)
    left_reason = code_or_blank(LeftReason.choices)
    changed_at = s.DateTimeField()


class Person(PersonFields):
    household = s.UUIDField()
    village = text(AREA_CODE)


class VisitShort(s.Serializer):
    id = s.UUIDField()
    protocol = text(_("Form"))
    visited_on = day()
    mode = code(Mode.choices)
    visit_class = text(CLASS)
    class_label = text(_("The class in the words of its form"))
    controlled = s.BooleanField(
        allow_null=True, help_text=_("From the readings; null where they are missing")
    )
    sbp = whole(_("Systolic pressure, mmHg"), null=True)
    dbp = whole(_("Diastolic pressure, mmHg"), null=True)
    fpg = number(_("Fasting glucose, mmol/L"))


class VisitOfMember(VisitShort):
    person = s.UUIDField(allow_null=True)


class Member(PersonFields):
    conditions = Condition(many=True)
    identities = Identity(many=True)
    enrolments = Enrolment(many=True)
    contract = Contract(allow_null=True)


class PersonRecord(Person):
    conditions = Condition(many=True)
    identities = Identity(many=True)
    enrolments = Enrolment(many=True)
    contract = Contract(allow_null=True)
    promises = Promise(many=True)
    last_visits = VisitShort(many=True)


class Household(s.Serializer):
    id = s.UUIDField()
    register_no = text(_("Number in the poverty register; text, zeros in front count"))
    village = text(AREA_CODE)
    group_name = text(_("Natural village or group"))
    household_type = code(HouseholdType.choices)
    standing = code(Standing.choices)
    registered_on = day(null=True)
    main_cause = code_or_blank(Cause.choices)
    other_causes = s.ListField(child=s.ChoiceField(choices=Cause.choices), max_length=2)
    income_per_head = number(_("Yuan a year"))
    address = s.CharField(allow_null=True, allow_blank=True, help_text=_("null where masked"))
    phone = s.CharField(help_text=MASKED, allow_blank=True, allow_null=True)
    latitude = number(_("null where masked"))
    longitude = number(_("null where masked"))
    left_on = day(null=True)
    left_reason = code_or_blank(LeftReason.choices)
    changed_at = s.DateTimeField()


class HouseholdRecord(Household):
    statuses = Status(many=True)
    members = Member(many=True)
    last_visits = VisitOfMember(many=True)


class Visit(VisitShort):
    person = s.UUIDField(allow_null=True, help_text=_("null for a visit to the household as a whole"))
    household = s.UUIDField()
    village = text(AREA_CODE)
    edition = text(_("Edition of the form"))
    face_to_face = s.BooleanField()
    assessable = s.BooleanField()
    next_on = day(null=True)
    satisfaction = whole(_("1 to 5"), null=True)
    supersedes = s.UUIDField(allow_null=True, help_text=_("The version this one amends"))
    current = s.BooleanField(help_text=_("false once it was amended"))
    received_at = s.DateTimeField()
    changed_at = s.DateTimeField()


class VisitRecord(Visit):
    amend_reason = text()
    answers = s.DictField(help_text=_("By the form: see the schemas answers_…"))
    assessment = s.DictField()


class Duty(s.Serializer):
    id = whole()
    person = s.UUIDField(allow_null=True, help_text=_("null where it is owed to the household as a whole"))
    household = s.UUIDField()
    village = text(AREA_CODE)
    protocol = text(_("Form"))
    rule = text(_("The rule that made it"))
    starts_on = day(_("First day on which a visit fulfils it"))
    due_on = day(_("Best day"))
    ends_on = day(_("Last day; overdue from the next"))
    risk = code(Risk.choices)
    state = code(DutyState.choices)
    overdue = s.BooleanField(help_text=_("Open and past its last day, today"))
    visit = s.UUIDField(allow_null=True)
    closed_on = day(null=True)
    close_reason = text()
    changed_at = s.DateTimeField()


class Area(s.Serializer):
    code = text(AREA_CODE)
    name = text()
    level = s.ChoiceField(choices=["province", "prefecture", "county", "township", "village"])
    parent = s.CharField(allow_null=True, help_text=_("Code of the area one level up"))  # type: ignore[assignment]
    valid_from = day()
    valid_to = day(_("First day on which it no longer exists"), null=True)
    successor = s.CharField(allow_null=True)
    changed_at = s.DateTimeField()


class Tombstone(s.Serializer):
    id = text()
    reason = s.ChoiceField(choices=["removed", "moved"])
    at = s.DateTimeField()


class VisitSent(s.Serializer):
    client_id = s.UUIDField(help_text=_("Made by the client before the first keystroke; UUIDv7 is best"))
    person = s.UUIDField(required=False, help_text=_("The person visited; or household"))
    household = s.UUIDField(required=False, help_text=_("The household visited as a whole; or person"))
    protocol = s.CharField(help_text=_("Form: hypertension, type2_diabetes, home_visit"), max_length=24)
    visited_on = s.DateField()
    mode = code(Mode.choices)
    answers = s.DictField(help_text=_("By the form: see the schemas answers_…"))
    next_on = s.DateField(required=False)
    duty = s.IntegerField(
        required=False, help_text=_("The duty it is meant to fulfil"), min_value=1, max_value=2147483647
    )
    device_id = s.CharField(required=False, max_length=40)
    device_seq = s.IntegerField(required=False, min_value=0, max_value=2147483647)
    captured_at = s.DateTimeField(required=False)
    trip = s.UUIDField(required=False, help_text=_("The same for all visits of one call at a household"))
    supersedes = s.UUIDField(required=False, help_text=_("The visit that this one amends"))
    amend_reason = s.CharField(required=False, max_length=120)
    need_person = s.UUIDField(
        required=False, help_text=_("Member of the household whose need was found at the visit")
    )
    need_kind = code(NeedKind.choices, required=False)
    need_words = s.CharField(required=False, max_length=300, help_text=_("What is needed"))


class VisitAnswer(s.Serializer):
    id = s.UUIDField(help_text=_("The client_id that was sent"))
    protocol = text()
    edition = text()
    visited_on = day()
    visit_class = text(CLASS)
    class_label = text(_("The class in the words of its form"))
    controlled = s.BooleanField(allow_null=True)
    assessment = s.DictField()
    next_on = day(null=True)


class SearchSent(s.Serializer):
    name = s.CharField(
        required=False, min_length=2, max_length=40, help_text=_("The first characters of the name")
    )
    id_number = s.CharField(required=False, help_text=_("15 or 18 characters"))
    phone = s.CharField(required=False)
    purpose = s.CharField(min_length=4, max_length=200, help_text=_("What for; kept in the access log"))


class FieldErrorShape(s.Serializer):
    field = text()
    code = text()
    message = text()
    remedy = text()


class ProblemShape(s.Serializer):
    type = s.CharField(help_text=_("Address of the explanation"))
    title = text()
    status = whole()
    detail = text(_("What to do about it"))
    instance = text(_("Path of the request"))
    errors = FieldErrorShape(many=True, required=False)  # type: ignore[assignment]
