"""The web entrance: pages with their full middleware, programs (/api/, /healthz) without any session."""

import os

from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")

import django  # noqa: E402

django.setup()

from healthaid.handlers import Front  # noqa: E402

application: WSGIHandler | Front = Front()
