from django.urls import include, path

from healthaid.pages.views import households, monitoring, monitoring_case, people

app_name = "households"
urlpatterns = [
    path("households/", households.household_list, name="list"),
    path("households/<uuid:uuid>/", people.household, name="household"),
    path("households/<uuid:uuid>/phone/", people.household_phone, name="household_phone"),
    path("households/<uuid:uuid>/history/", people.household_history, name="household_history"),
    path("persons/<uuid:uuid>/", people.person, name="person"),
    path("persons/<uuid:uuid>/show/<slug:field>/", people.reveal, name="reveal"),
    path("persons/<uuid:uuid>/contact/", people.contact, name="contact"),
    path("persons/<uuid:uuid>/history/", people.person_history, name="person_history"),
    path("monitoring/", monitoring.board, name="monitoring"),
    path("monitoring/export/", monitoring.monitoring_export, name="monitoring_export"),
    path("monitoring/take-in/", monitoring.monitoring_take_in, name="monitoring_take_in"),
    path("monitoring/new/<uuid:uuid>/", monitoring_case.monitoring_new, name="monitoring_new"),
    path(
        "monitoring/from-warning/<int:pk>/",
        monitoring_case.monitoring_from_warning,
        name="monitoring_from_warning",
    ),
    path("monitoring/<uuid:uuid>/", monitoring_case.monitoring_case, name="monitoring_case"),
    path("monitoring/<uuid:uuid>/history/", monitoring_case.monitoring_history, name="monitoring_history"),
    path(
        "monitoring/<uuid:uuid>/measures/<int:pk>/",
        monitoring_case.monitoring_measure,
        name="monitoring_measure",
    ),
    path("households/", include("households.urls_imports")),
]
