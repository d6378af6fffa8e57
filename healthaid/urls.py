"""Every road into the product. Each app adds its own urls.py here; what is public says so itself."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from healthaid.api.docs import docs
from healthaid.views.health import healthz
from healthaid.views.home import home
from healthaid.views.look import look
from healthaid.views.me import me
from healthaid.views.preferences import language, type_size

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("me/", me, name="me"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("language/", language, name="set_language"),
    path("type-size/", type_size, name="type_size"),
    path("admin/", include("core.accounts.urls")),
    # apps: one line each, below
    path("", include("core.clinics.urls")),
    path("", include("claims.urls")),
    path("", include("followups.urls")),
    path("", include("healthaid.reports.urls")),
    path("", include("healthaid.pages.urls")),
    path("records/", include("households.urls_records")),
    path("identification/", include("households.urls_identification")),
    path("", include("healthaid.outreach.urls")),
    path("", include("healthaid.offline.urls")),
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("healthaid.api.urls")),
    path("api/docs/", docs, name="api_docs"),
]

if settings.ENVIRONMENT == "development":
    urlpatterns.append(path("_look/", look, name="look"))
