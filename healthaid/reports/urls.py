from django.urls import path

from healthaid.reports.views import agreements, dashboard, lists, paper_forms, pledges, reports

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("lists/<slug:code>/<slug:side>/", lists.show, name="list"),
    path("lists/<slug:code>/<slug:side>/export/", lists.export, name="export"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", reports.again, name="again"),
    path("reports/<int:pk>/<slug:kind>/", reports.download, name="download"),
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
