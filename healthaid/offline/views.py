"""The app on the phone: its worker, its manifest, its queue, and the page for what it does not hold."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from healthaid.offline.queue_texts import queue_texts
from healthaid.offline.shelf import assets, worker_source

# What the worker runs before its own text.
_WORKERS = ("stores", "vault", "homes", "sending")
_PLAIN = (
    '<!DOCTYPE html><html lang="zh-hans"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>没有网络</title>'
    "<h1>没有网络</h1><p>手机里还没有存这一页。请联网后再试。</p>"
    "<p>No network, and this page is not on the phone yet.</p>"
)


@login_not_required
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: what it may keep stands before its text, so that a new release is a new worker."""
    told = {
        "assets": assets(),
        "staticUrl": settings.STATIC_URL,
        "signIn": reverse("account_login").removesuffix("login/"),
        "plain": _PLAIN,
    }
    scripts = ", ".join(json.dumps(static(f"offline/{name}.js")) for name in _WORKERS)
    text = f"self.HEALTHAID = {json.dumps(told)};\nimportScripts({scripts});\n{worker_source()}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static(f"offline/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        | ({"purpose": "maskable"} if masked else {})
        for size, masked in ((192, False), (512, False), (512, True))
    ]
    told = {
        "name": f"{_('HealthAid')} · {settings.COUNTY_NAME}",
        "short_name": pgettext("short name", "HealthAid"),
        "start_url": "/",
        "id": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f5ee",
        "theme_color": "#123d2e",
        "lang": request.LANGUAGE_CODE,  # type: ignore[attr-defined]  # set by LocaleMiddleware
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """An empty frame: the phone fills in what it keeps, and only while its user is signed in."""
    return render(request, "offline/queue.html", {"queue_texts": queue_texts()})


@login_not_required
@require_safe
def no_network(request: HttpRequest) -> HttpResponse:
    return render(request, "offline/no_network.html")
