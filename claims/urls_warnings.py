"""The addresses of bills below the target and of early warning."""

from django.urls import path

from claims.views import shortfalls, spending, warning_rules, warnings

urlpatterns = [
    path("shortfalls/", shortfalls.shortfall_list, name="shortfalls"),
    path("shortfalls/export/", shortfalls.shortfall_export, name="shortfalls_export"),
    path("warnings/", warnings.warning_list, name="warnings"),
    path("warnings/rules/", warning_rules.warning_rules, name="warning_rules"),
    path("warnings/spending/<uuid:uuid>/", spending.spending, name="spending"),
    path("warnings/<int:pk>/", warnings.warning_page, name="warning"),
]
