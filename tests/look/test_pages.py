import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN"}
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def test_sign_in_page_is_chinese_by_default_and_names_the_county(db, client):
    page = client.get(reverse("account_login")).content.decode()
    assert '<html lang="zh-hans"' in page
    assert "健康扶贫个案管理" in page
    assert settings.COUNTY_NAME in page


def test_sign_in_page_speaks_english_when_asked(db, client):
    page = client.get(reverse("account_login"), **ENGLISH).content.decode()
    assert '<html lang="en"' in page
    assert "Sign in" in page


def test_wrong_password_keeps_the_user_name_and_says_what_is_wrong(db, client):
    page = client.post(reverse("account_login"), {"login": "liu", "password": "wrong"}, **CHINESE)
    assert page.status_code == 200
    assert 'value="liu"' in page.content.decode()
    assert "有 1 处需要修改" in page.content.decode()


def test_too_many_wrong_passwords_say_when_to_try_again(db, client):
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        page = client.post(reverse("account_login"), {"login": "liu", "password": "wrong"}, **CHINESE)
    assert page.status_code == 429
    assert re.search(r"请在 \d\d:\d\d 以后再试", page.content.decode())


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "mfa_index", "usersessions_list", "account_logout"],
)
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_account_page_opens_in_both_languages(cast, signed_in, name, language):
    page = signed_in(cast.doctor, **language).get(reverse(name))
    assert page.status_code in (200, 302)


def test_sign_up_is_closed(db, client):
    page = client.get(reverse("account_signup"), **CHINESE)
    assert "不能自行注册" in page.content.decode()


def test_unknown_address_gets_the_products_own_page(cast, signed_in):
    page = signed_in(cast.doctor, **CHINESE).get("/nowhere/")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()


def test_size_of_type_is_remembered_and_leads_back(db, client):
    answer = client.post(reverse("type_size"), {"size": "large", "next": "/account/login/"})
    assert answer.headers["Location"] == "/account/login/"
    assert 'data-type="large"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(("size", "wanted"), [("huge", "/"), ("large", "https://elsewhere.example/")])
def test_size_of_type_ignores_unknown_sizes_and_foreign_addresses(db, size, wanted):
    answer = Client().post(reverse("type_size"), {"size": size, "next": wanted})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["type_size"].value in ("normal", "large")


def test_language_can_be_chosen_before_signing_in(db, client):
    answer = client.post(
        reverse("set_language"), {"language": "en", "next": reverse("account_login")}, **CHINESE
    )
    assert answer.headers["Location"] == reverse("account_login")
    assert '<html lang="en"' in client.get(reverse("account_login"), **CHINESE).content.decode()


@pytest.mark.urls("tests.look.urls")
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_style_page_shows_every_component(db, client, language):
    page = client.get("/_look/", **language)
    assert page.status_code == 200
    for css in ("figures", "rows", "table-cards", "chart-svg", "error-summary", "timeline", "steps", "empty"):
        assert css in page.content.decode()


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates"))
)
def test_template_has_nothing_inline_and_nothing_from_outside(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or "application/json" in script


def test_icons_named_in_templates_exist():
    sprite = Path(finders.find("healthaid/icons.svg")).read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    for path in TEMPLATES:
        named = re.findall(r"{% icon \"([\w-]+)\"", path.read_text(encoding="utf-8"))
        assert set(named) <= known, path


def test_stylesheets_stay_small():
    import gzip

    sheets = sorted(Path(finders.find("healthaid/css/tokens.css")).parent.glob("*.css"))
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in sheets))) < 12_000
