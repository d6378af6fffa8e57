"""Telling a worker that a report waits."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from healthaid.reports.models import Report

logger = logging.getLogger(__name__)


def wake(found: Report) -> None:
    """Tells a worker after the commit. When nobody can be told, the row waits for the next round."""
    transaction.on_commit(partial(_send, found.pk))


def _send(report_id: int) -> None:
    try:
        current_app.send_task("reports.make_report", kwargs={"report_id": report_id}, queue="reports")
    except OperationalError:
        logger.warning("no broker to wake a worker for report %s; it waits for the next round", report_id)
