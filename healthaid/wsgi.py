"""The web entrance: pages with their full middleware, programs (/api/v1/) without any session."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")
django.setup()

from healthaid.handlers import Front  # noqa: E402
from healthaid.urls import urlpatterns  # noqa: E402, F401 - read before workers are forked, so that they share it

application = Front()
# What is loaded by now lives as long as the process: workers neither copy nor search it.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
