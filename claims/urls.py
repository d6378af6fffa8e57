"""The addresses of the money: each subject keeps its own list."""

from django.urls import URLPattern, URLResolver

from claims.urls_money import urlpatterns as money
from claims.urls_policies import urlpatterns as policies
from claims.urls_warnings import urlpatterns as warnings
from claims.urls_window import urlpatterns as window

app_name = "claims"
urlpatterns: list[URLPattern | URLResolver] = [*money, *policies, *warnings, *window]
