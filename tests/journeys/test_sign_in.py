"""The door: wrong passwords, the language, the size of type, and a session that ended."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.factories.registry import a_household, a_person
from tests.journeys.conftest import with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_five_wrong_passwords_lock_the_door_and_say_until_when(phone, cast):
    # given a doctor who forgot the password
    doctor = with_password(cast.doctor)

    # when it is typed wrong once, the page keeps the name and says what is wrong
    page = phone.sign_in(doctor, "wrong")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("#id_login") == doctor.username

    # and after the fifth time
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        phone.sign_in(doctor, "wrong")

    # then the page says when to try again, and even the right password waits
    expect(page.locator("body")).to_contain_text(re.compile(r"请在 \d\d:\d\d 以后再试"))
    phone.sign_in(doctor)
    expect(page.locator("body")).to_contain_text(re.compile(r"请在 \d\d:\d\d 以后再试"))


def test_language_and_type_are_chosen_on_ones_own_page_and_stay(phone, cast):
    # given a doctor who is signed in and looks at their own page
    phone.let_in(cast.doctor)
    page = phone.go("/today/")
    page.locator(".tabbar").get_by_role("link", name="我的").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.doctor.full_name)

    # when they ask for English and large type
    page.locator("#main").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    with page.expect_response(lambda answer: "type-size" in answer.url):
        page.locator("#main [data-type-switch] button").click()

    # then both hold on the next page too, which still fits the phone
    phone.go("/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_ended_session_leads_back_to_the_page_one_wanted(desk, cast, county):
    # given an officer who opened a household yesterday
    officer = with_password(cast.township)
    home = a_household(county.lianhe)
    a_person(home, name="陈铁光")
    page = desk.sign_in(officer)
    wanted = f"/households/{home.uuid}/"
    desk.go(wanted)

    # when the session ends meanwhile, and the page is asked for again
    Session.objects.all().delete()
    page.reload()
    expect(page.locator("#id_login")).to_be_visible()
    page.fill("#id_login", officer.username)
    page.fill("#id_password", "a long enough password")
    page.locator("form.form .button-primary").click()

    # then signing in leads to that very page
    expect(page).to_have_url(desk.house.url + wanted)
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈铁光")
