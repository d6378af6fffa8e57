from django.urls import path

from healthaid.reports.views import dashboard, lists, reports

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("lists/<slug:code>/<slug:side>/", lists.show, name="list"),
    path("lists/<slug:code>/<slug:side>/export/", lists.export, name="export"),
    path("reports/", reports.index, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/again/", reports.again, name="again"),
    path("reports/<int:pk>/<slug:kind>/", reports.download, name="download"),
]
