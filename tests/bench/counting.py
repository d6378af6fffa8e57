"""Statements for each page and each call: counted, so that they can be compared between small and large data."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.accounts.models import User
from households.models import Household, Person
from tests.factories.programs import Program

PAGES = {
    "doctor1": ("followups:today", "followups:needs", "followups:referrals", "followups:cases"),
    "township1": (
        *(
            "reports:dashboard",
            "households:list",
            "followups:teams",
            "followups:needs",
            "followups:referrals",
        ),
        *(
            "followups:cases",
            "followups:told",
            "followups:unserved",
            "followups:uncovered",
            "followups:phones",
        ),
    ),
    "county1": (
        *(
            "reports:dashboard",
            "households:list",
            "followups:teams",
            "followups:needs",
            "followups:referrals",
        ),
        *("followups:cases", "followups:case_coverage", "followups:told", "followups:unserved"),
        *("followups:uncovered", "followups:satisfaction", "followups:phones"),
    ),
}


def statements(token: str, on: date) -> dict[str, int]:
    """By address."""
    return {**_calls(token), **_pages()}


def _calls(token: str) -> dict[str, int]:
    program = Program(token)
    home, person = Household.objects.order_by("id").first(), Person.objects.order_by("id").first()
    assert home and person
    paths = ["households", "persons", "visits", "duties?overdue=true", "areas"]
    paths += [f"households/{home.uuid}", f"persons/{person.uuid}"]
    found = {}
    for path in paths:
        program.get(f"/api/v1/{path}")
        with CaptureQueriesContext(connection) as asked:
            assert program.get(f"/api/v1/{path}").status == 200
        found[f"/api/v1/{path.split('?')[0].replace(str(home.uuid), '…').replace(str(person.uuid), '…')}"] = (
            len(asked)
        )
    return found


def _pages() -> dict[str, int]:
    found = {}
    for username, names in PAGES.items():
        client = Client()
        client.force_login(
            User.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for name in names:
            address = reverse(name)
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                status = client.get(address).status_code
            if status == 200:
                found[f"{address} ({username})"] = len(asked)
    return found
