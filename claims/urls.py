"""The addresses of the money: each subject keeps its own list."""

from django.urls import URLPattern, URLResolver

app_name = "claims"
urlpatterns: list[URLPattern | URLResolver] = []
