"""Sessions end by themselves; pages carry a strict policy; programs never get a session."""

import time

import pytest
from django.conf import settings
from django.urls import reverse


def _inbox(client):
    return client.get(reverse("outreach:inbox"))


def _age(client, **seconds):
    session = client.session
    for name, ago in seconds.items():
        session[name] = int(time.time()) - ago
    session.save()


@pytest.mark.parametrize(("who", "kind"), [("doctor", "doctor"), ("township", "staff")])
def test_a_session_ends_after_its_idle_time_and_not_before(who, kind, cast, signed_in):
    idle = settings.SESSION_LIMITS[kind]["idle"]
    client = signed_in(getattr(cast, who))
    assert _inbox(client).status_code == 200
    _age(client, seen=idle - 30)
    assert _inbox(client).status_code == 200
    _age(client, seen=idle + 1)
    ended = _inbox(client)
    assert ended.status_code == 302
    assert ended["Location"].startswith(reverse("account_login"))


def test_a_session_ends_in_the_end_however_busy(cast, signed_in):
    client = signed_in(cast.township)
    _inbox(client)
    _age(client, started=settings.SESSION_LIMITS["staff"]["absolute"] + 1, seen=1)
    assert _inbox(client).status_code == 302


def test_pages_allow_nothing_inline_and_nothing_from_outside(cast, signed_in):
    answer = _inbox(signed_in(cast.doctor))
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_session_cookie_is_out_of_reach_of_scripts(cast, client):
    cast.doctor.set_password("a-long-word-for-tests")
    cast.doctor.save()
    client.post(
        reverse("account_login"), {"login": cast.doctor.username, "password": "a-long-word-for-tests"}
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_nobody_signs_up_alone(client):
    answer = client.get(reverse("account_signup"))
    assert b"password1" not in answer.content
