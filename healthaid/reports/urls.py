from django.urls import path

from healthaid.reports.views import (
    agreements,
    dashboard,
    lists,
    paper_forms,
    pledges,
    report_bills,
    report_files,
    report_steps,
    reports,
    slogans,
)

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:code>/", dashboard.indicator, name="indicator"),
    path("slogans/", slogans.index, name="slogans"),
    path("slogans/<slug:code>/", slogans.slogan, name="slogan"),
    path("lists/<slug:code>/<slug:side>/", lists.show, name="list"),
    path("lists/<slug:code>/<slug:side>/export/", lists.export, name="export"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", report_steps.again, name="again"),
    path("reports/<int:pk>/submit/", report_steps.submit, name="submit"),
    path("reports/<int:pk>/return/", report_steps.send_back, name="send_back"),
    path("reports/<int:pk>/approve/", report_steps.approve, name="approve"),
    path("reports/<int:pk>/correct/", report_steps.correct, name="correct"),
    path("reports/<int:pk>/changes/", report_steps.changes, name="changes"),
    path("reports/<int:pk>/bills/", report_bills.bills, name="bills"),
    path("reports/<int:pk>/<slug:kind>/", report_files.download, name="download"),
    path("pledges/", pledges.index, name="pledges"),
    path("pledges/new/", pledges.new, name="pledge_new"),
    path("pledges/<int:pk>/", pledges.pledge, name="pledge"),
    path("pledges/<int:pk>/edit/", pledges.edit, name="pledge_edit"),
    path("pledges/<int:pk>/file/", pledges.file, name="pledge_file"),
    path("paper/visits/<uuid:uuid>/", paper_forms.visit_paper, name="visit_paper"),
    path("paper/contracts/", agreements.village_agreements, name="village_agreements"),
    path("paper/contracts/<int:pk>/", agreements.contract_agreement, name="contract_agreement"),
    path("paper/forms/<slug:key>/", paper_forms.empty_paper, name="empty_paper"),
]
