"""A fall found at a home visit, lived to its end: the doctor with a phone, the hospital's clerk at a desk."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from followups.models import Duty, Need, Referral
from tests.factories.contracts import JPEG
from tests.factories.referrals import a_hospital
from tests.factories.registry import a_household, a_person
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(county, cast) -> SimpleNamespace:
    """A man in the doctor's village whose mother lives with him, and the county's hospital."""
    home = a_household(county.lianhe)
    head = a_person(home, name="左双宁")
    mother = a_person(home, name="戴喜珍", relation="50", sex="2")
    return SimpleNamespace(home=home, head=head, mother=mother, hospital=a_hospital(county.county))


def pick(page: Page, field: str, code: str) -> None:
    page.locator(f'label[for="id_{field}_{code}"]').click()


def choose(page: Page, words: str) -> None:
    """One of the choices of a form, by what stands on it."""
    page.locator(".choices label", has_text=words).first.click()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_fall_is_followed_from_the_visit_to_the_familys_own_word(screen, cast, family):
    doctor, clerk = screen(PHONE), screen(DESK)
    doctor.let_in(cast.doctor)
    clerk.let_in(cast.clerk)

    # given the doctor visits the household and finds the mother with a broken leg
    page = doctor.go(f"/visits/new/?household={family.home.uuid}")
    pick(page, "purposes", "2")
    pick(page, "condition", "1")
    page.locator("#section-need > summary").click()
    page.select_option('[name="need_person"]', str(family.mother.uuid))
    page.select_option('[name="need_kind"]', "hospital")
    page.fill('[name="need_words"]', "左腿摔伤，疑股骨颈骨折")
    leg = {"name": "leg.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    page.set_input_files('[name="need-file"]', leg)
    page.get_by_role("button", name="保存随访").click()
    expect(page).to_have_url(re.compile("/today/"))

    # then it is a need of the mother's, and one tap refers her as an emergency
    page = doctor.go("/needs/")
    page.get_by_role("link", name="戴喜珍").click()
    expect(page.locator("#main")).to_contain_text("左腿摔伤")
    expect(page.locator("#main")).to_contain_text("照片 1")
    page.get_by_role("link", name="转诊到医院").click()
    choose(page, "危急")
    page.locator("form.form .button-primary").click()
    expect(page.locator(".pills").first).to_contain_text("等医院答复")
    referral = f"/referrals/{Referral.objects.get().uuid}/"
    need = f"/needs/{Need.objects.get().uuid}/"

    # when the hospital admits her
    desk = clerk.go("/referrals/")
    desk.get_by_role("link", name="戴喜珍").click()
    choose(desk, "收住院")
    desk.locator('button[name="arrive"]').click()
    expect(desk.locator(".pills").first).to_contain_text("在医院")

    # then the paperwork is laid out, and the doctor does it and visits her
    page = doctor.go(need)
    fits(page)
    page.locator(".paper", has_text="先诊疗后付费").get_by_role("button").click()
    page.fill("#paper-insurer", "王经理：出院后30天内交材料")
    page.locator(".paper", has_text="联系保险公司").get_by_role("button").click()
    expect(page.locator(".paper-done")).to_have_count(2)
    choose(page, "到医院看望")
    page.fill('[name="work-note"]', "手术顺利，精神好")
    page.locator('button[name="work"]').click()
    expect(page.locator(".timeline").first).to_contain_text("手术顺利")

    # when the hospital sends the result back with the day of discharge
    desk = clerk.go(referral)
    choose(desk, "好转")
    desk.fill('[name="result-diagnosis"]', "左股骨颈骨折，术后")
    desk.fill('[name="result-discharged_on"]', timezone.localdate().isoformat())
    desk.locator('button[name="result"]').click()
    expect(desk.locator(".pills").first).to_contain_text("已回")

    # then home visits are owed, and the two-week check is done
    assert Duty.objects.filter(person=family.mother, protocol="discharge_care", state="open").exists()
    page = doctor.go(referral)
    choose(page, "去了，已治疗")
    page.locator('button[name="check"]').click()
    expect(page.locator(".pills").first).to_contain_text("已追访")

    # when the need is closed with the family's own word
    page = doctor.go(need)
    choose(page, "已解决")
    page.fill('[name="close-outcome"]', "手术康复，报销到账")
    choose(page, "很满意")
    page.fill('[name="close-person_says"]', "医生比亲人还亲")
    page.locator('button[name="close"]').click()

    # then the story tells it from the first word to the last
    page = doctor.go(f"{need}story/")
    fits(page)
    told = page.locator(".story").inner_text()
    order = ["左腿摔伤", "王经理", "手术顺利", "术后", "医生比亲人还亲"]
    assert [words for words in order if words not in told] == []
    assert sorted(order, key=told.index) == order
