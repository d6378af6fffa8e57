"""/api/v1/. A schema and a docs page are public; everything else needs a token."""

from django.urls import path

from healthaid.api import bills, claims, exports, schema, search, views, visits

app_name = "api"
urlpatterns = [
    path("openapi.json", schema.openapi, name="openapi"),
    path("areas", views.AreaList.as_view(), name="areas"),
    path("areas/<slug:key>", views.AreaRecord.as_view(), name="area"),
    path("households", views.HouseholdList.as_view(), name="households"),
    path("households/export", exports.HouseholdExport.as_view(), name="households_export"),
    path("households/<uuid:key>", views.HouseholdRecord.as_view(), name="household"),
    path("persons", views.PersonList.as_view(), name="persons"),
    path("persons/export", exports.PersonExport.as_view(), name="persons_export"),
    path("persons/search", search.PersonSearch.as_view(), name="persons_search"),
    path("persons/<uuid:key>", views.PersonRecord.as_view(), name="person"),
    path("visits", visits.VisitList.as_view(), name="visits"),
    path("visits/<uuid:key>", views.VisitRecord.as_view(), name="visit"),
    path("cases", views.CaseList.as_view(), name="cases"),
    path("cases/<uuid:key>", views.CaseRecord.as_view(), name="case"),
    path("monitoring", views.MonitoringList.as_view(), name="monitoring_cases"),
    path("monitoring/export", exports.MonitoringExport.as_view(), name="monitoring_export"),
    path("monitoring/<uuid:key>", views.MonitoringRecord.as_view(), name="monitoring_case"),
    path("duties", views.DutyList.as_view(), name="duties"),
    path("duties/<int:key>", views.DutyRecord.as_view(), name="duty"),
    path("needs", views.NeedList.as_view(), name="needs"),
    path("needs/<uuid:key>", views.NeedRecord.as_view(), name="need"),
    path("referrals", views.ReferralList.as_view(), name="referrals"),
    path("admissions", bills.AdmissionList.as_view(), name="admissions"),
    path("admissions/export", exports.AdmissionExport.as_view(), name="admissions_export"),
    path("admissions/<uuid:key>", claims.AdmissionRecord.as_view(), name="admission"),
    path("admissions/<uuid:key>/bill", bills.Bill.as_view(), name="admission_bill"),
    path("admissions/<uuid:key>/preview", bills.PreviewOfBill.as_view(), name="admission_preview"),
    path("admissions/<uuid:key>/settle", bills.SettlementOfBill.as_view(), name="admission_settle"),
    path("settlements", claims.SettlementList.as_view(), name="settlements"),
    path("settlements/export", exports.SettlementExport.as_view(), name="settlements_export"),
    path("settlements/<uuid:key>", claims.SettlementRecord.as_view(), name="settlement"),
    path("referrals/<uuid:key>", views.ReferralRecord.as_view(), name="referral"),
]
