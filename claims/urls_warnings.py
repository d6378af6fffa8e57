"""The addresses of bills below the target and of early warning."""

from django.urls import path

from claims.views import shortfalls

urlpatterns = [
    path("shortfalls/", shortfalls.shortfall_list, name="shortfalls"),
    path("shortfalls/export/", shortfalls.shortfall_export, name="shortfalls_export"),
]
