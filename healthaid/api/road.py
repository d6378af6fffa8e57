"""The whole of what a program can reach: behind this urlconf there are no pages, and errors are JSON."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("healthaid.api.urls"))]
handler400 = "healthaid.api.problems.bad_request"
handler403 = "healthaid.api.problems.not_found"
handler404 = "healthaid.api.problems.not_found"
handler500 = "healthaid.api.problems.fault"
