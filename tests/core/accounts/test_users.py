import pytest
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from core.accounts.models import User
from core.accounts.roles import Role, Sector
from core.accounts.services import users


def _fields(county, cast, **more):
    return {
        "username": "zhang01",
        "full_name": "张医生",
        "role": Role.VILLAGE_DOCTOR,
        "sector": Sector.HEALTH,
        "area": county.lianhe,
        "by": cast.administrator,
        **more,
    }


def test_create_user_gives_a_password_that_signs_in(county, cast):
    user, password = users.create_user(**_fields(county, cast))
    assert User.objects.get(username="zhang01").check_password(password)
    assert password not in str(user.password)


def test_create_user_is_for_administrators_only(county, cast):
    with pytest.raises(PermissionDenied):
        users.create_user(**_fields(county, cast, by=cast.county))


@pytest.mark.parametrize("place", ["far", "dongping"])
def test_create_user_refuses_a_place_that_does_not_fit(county, cast, place):
    with pytest.raises(ValidationError) as refused:
        users.create_user(**_fields(county, cast, area=getattr(county, place)))
    assert "area" in refused.value.message_dict


def test_an_administrator_makes_an_account_in_the_browser(county, cast, signed_in):
    client = signed_in(cast.administrator)
    typed = {
        "username": "li02",
        "full_name": "李医生",
        "role": "village_doctor",
        "sector": "health",
        "area": county.lianhe.pk,
    }
    page = client.post(reverse("accounts:user_new"), typed)
    assert page.status_code == 200
    assert "li02" in page.content.decode()
    again = client.post(reverse("accounts:user_new"), typed)
    assert again.status_code == 422
    assert "李医生" in again.content.decode()


def test_a_stopped_account_cannot_sign_in(county, cast, signed_in):
    users.set_active(user=cast.doctor, active=False, by=cast.administrator)
    page = signed_in(cast.doctor).get(reverse("home"))
    assert page.status_code == 302
    assert "login" in page["Location"]


def test_nobody_stops_their_own_account(county, cast, signed_in):
    with pytest.raises(ValidationError):
        users.set_active(user=cast.administrator, active=False, by=cast.administrator)


def test_an_administrator_does_not_reach_accounts_of_another_county(county, cast, signed_in):
    client = signed_in(cast.administrator)
    assert client.post(reverse("accounts:user_reset", args=[cast.stranger.pk])).status_code == 404


def test_hints_about_a_password_speak_politely():
    with translation.override("zh-hans"):
        hints = " ".join(password_validators_help_texts())
    assert hints.count("您的密码") == 4 and "你" not in hints
