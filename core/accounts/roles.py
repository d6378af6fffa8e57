"""Roles: few, stable codes, cascading down the area tree. Everything not granted here is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VILLAGE_DOCTOR = "village_doctor", _("village doctor")
    TEAM_DOCTOR = "team_doctor", _("team doctor")
    VILLAGE_CLERK = "village_clerk", _("village committee clerk")
    HOSPITAL_CLERK = "hospital_clerk", _("hospital clerk")
    TOWNSHIP_STAFF = "township_staff", _("township staff")
    COUNTY_STAFF = "county_staff", _("county staff")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    API_CLIENT = "api_client", _("API client")


class Sector(models.TextChoices):
    """Which side of the desk: facts about mental disorder, tuberculosis and HIV are for health staff only."""

    HEALTH = "health", _("health")
    ADMINISTRATION = "administration", _("administration")


DOCTORS = frozenset({Role.VILLAGE_DOCTOR, Role.TEAM_DOCTOR})
OFFICERS = frozenset({Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF})

# What each role may do. A page or service names the act; nobody compares roles elsewhere.
ACTS: dict[str, frozenset[str]] = {
    "see_households": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK, Role.HOSPITAL_CLERK, Role.AUDITOR}),
    "reveal_person": frozenset({*DOCTORS, *OFFICERS, Role.HOSPITAL_CLERK}),
    "see_history": frozenset({*OFFICERS, Role.AUDITOR}),
    "correct_contact": frozenset({*DOCTORS, *OFFICERS}),
    "see_today": DOCTORS,
    "record_visit": DOCTORS,
    "note_notice": frozenset({*DOCTORS, *OFFICERS}),
    "see_phones": frozenset({*DOCTORS, *OFFICERS}),
    "decide_conflict": frozenset({*DOCTORS, Role.TOWNSHIP_STAFF}),
    "raise_need": frozenset({*DOCTORS, *OFFICERS}),
    "work_need": frozenset({*DOCTORS, *OFFICERS}),
    "see_cases": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "work_case": frozenset({*DOCTORS, *OFFICERS}),
    "assign_case": OFFICERS,
    "sign_plan": DOCTORS,
    "approve_closing": OFFICERS,
    "see_referrals": frozenset({*DOCTORS, *OFFICERS, Role.HOSPITAL_CLERK}),
    "refer": frozenset({*DOCTORS, *OFFICERS}),
    "receive_referral": frozenset({*OFFICERS, Role.HOSPITAL_CLERK}),
    "see_teams": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "manage_teams": OFFICERS,
    "arrange_absence": frozenset({*DOCTORS, *OFFICERS}),
    "sign_contract": frozenset({*DOCTORS, *OFFICERS}),
    "record_feedback": frozenset({*DOCTORS, *OFFICERS}),
    "read_feedback": frozenset({*OFFICERS, Role.AUDITOR}),
    "answer_feedback": OFFICERS,
    "see_identification": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK, Role.AUDITOR}),
    "screen_people": frozenset({*DOCTORS, Role.TOWNSHIP_STAFF}),
    "open_identification": frozenset({*DOCTORS, Role.TOWNSHIP_STAFF}),
    "give_opinion": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK}),
    "decide_cause": frozenset({Role.COUNTY_STAFF}),
    "manage_rounds": OFFICERS,
    "write_letter": frozenset({Role.VILLAGE_DOCTOR, Role.TOWNSHIP_STAFF}),
    "see_letters": frozenset({Role.VILLAGE_DOCTOR, *OFFICERS, Role.VILLAGE_CLERK, Role.AUDITOR}),
    "note_receipt": frozenset({Role.VILLAGE_DOCTOR, Role.TOWNSHIP_STAFF, Role.VILLAGE_CLERK}),
    "manage_catalogues": frozenset({Role.COUNTY_STAFF}),
    "import_register": OFFICERS,
    "edit_household": OFFICERS,
    "see_records": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "keep_records": frozenset({*DOCTORS, *OFFICERS}),
    "plan_exams": frozenset({Role.COUNTY_STAFF}),
    "set_health_class": frozenset({*DOCTORS, *OFFICERS}),
    "see_dashboard": frozenset({*OFFICERS, Role.AUDITOR}),
    "settle_bills": frozenset({Role.HOSPITAL_CLERK, Role.API_CLIENT}),
    "see_bills": frozenset({*OFFICERS, Role.HOSPITAL_CLERK, Role.AUDITOR}),
    "see_policies": frozenset({Role.COUNTY_STAFF, Role.AUDITOR}),
    "draft_policy": frozenset({Role.COUNTY_STAFF}),
    "approve_policy": frozenset({Role.COUNTY_STAFF}),
    "see_funds": frozenset({Role.COUNTY_STAFF, Role.AUDITOR}),
    "manage_funds": frozenset({Role.COUNTY_STAFF}),
    "see_shortfalls": frozenset({*OFFICERS, Role.AUDITOR}),
    "see_warnings": frozenset({*OFFICERS, Role.AUDITOR}),
    "work_warning": OFFICERS,
    "manage_warnings": frozenset({Role.COUNTY_STAFF}),
    "see_monitoring": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK, Role.AUDITOR}),
    "work_monitoring": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK}),
    "ask_removal": OFFICERS,
    "approve_removal": frozenset({Role.COUNTY_STAFF}),
    "simulate": frozenset({Role.COUNTY_STAFF}),
    "see_meetings": frozenset({*OFFICERS, Role.AUDITOR}),
    "hold_meeting": OFFICERS,
    "work_action": frozenset({*DOCTORS, *OFFICERS, Role.HOSPITAL_CLERK}),
    "see_activities": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "hold_activity": OFFICERS,
    "see_events": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "record_event": frozenset({*DOCTORS, *OFFICERS}),
    "see_distributions": frozenset({*DOCTORS, *OFFICERS, Role.AUDITOR}),
    "hand_out": frozenset({*DOCTORS, *OFFICERS}),
    "see_surveys": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK, Role.AUDITOR}),
    "ask_survey": frozenset({*DOCTORS, *OFFICERS, Role.VILLAGE_CLERK}),
    "hold_survey": OFFICERS,
    "see_pledges": frozenset({*OFFICERS, Role.AUDITOR}),
    "sign_pledge": OFFICERS,
    "make_report": frozenset({*OFFICERS, Role.VILLAGE_DOCTOR}),
    "approve_report": OFFICERS,
    "see_reports": frozenset({*OFFICERS, Role.VILLAGE_DOCTOR, Role.AUDITOR}),
    "export": OFFICERS,
    "see_institutions": frozenset({*OFFICERS, Role.AUDITOR, Role.ADMINISTRATOR}),
    "check_prices": OFFICERS,
    "manage_institutions": frozenset({Role.COUNTY_STAFF, Role.ADMINISTRATOR}),
    "manage_users": frozenset({Role.ADMINISTRATOR}),
    "see_audit": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
}
