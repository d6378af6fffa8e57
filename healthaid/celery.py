"""The Celery application. The timetable lives in healthaid.timetable, each line one service or journey."""

import os

from celery import Celery

from healthaid.timetable import TIMETABLE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")

app = Celery("healthaid")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = TIMETABLE
app.autodiscover_tasks()
