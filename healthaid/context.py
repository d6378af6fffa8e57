"""What every page's frame needs: where one may go, the county's name, the hour of the data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from claims.queries.burdens.board import households_warned
from healthaid.offline.shell import phone_shell
from healthaid.outreach.queries import unread_count
from healthaid.places import address_of, list_before, navigation, parts, way_back


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    nav = navigation(request) if signed_in else []
    return {
        "county_name": settings.COUNTY_NAME,
        "support_phone": settings.SUPPORT_PHONE,
        "data_time": timezone.localtime(),
        "nav": nav,
        "nav_parts": parts(nav),
        "way_back": way_back(request, nav) if signed_in else None,
        "list_before": list_before(request),
        "unread": unread_count(user) if signed_in else 0,
        "phone": phone_shell(user),
        "queue_url": address_of("offline:queue"),
        "manifest_url": address_of("offline:manifest"),
        "environment": settings.ENVIRONMENT,
        # Only the pages that show houses ask for it.
        "warned": SimpleLazyObject(lambda: households_warned(user) if user and signed_in else frozenset()),
    }
