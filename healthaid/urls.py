"""Every road into the product. Each app adds its own urls.py here; what is public says so itself."""

from django.urls import URLPattern, URLResolver, include, path

from healthaid.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
