"""A day without network: what is saved on the phone is received once, and by nobody else's hand."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserType, expect

from followups.models import Attempt, Submission, Visit
from tests.factories.followups import a_duty
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import with_password
from tests.journeys.house import House
from tests.journeys.pocket import Pocket, fill_readings, open_first_sheet, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(county, cast) -> SimpleNamespace:
    with_password(cast.doctor)
    today = timezone.localdate()
    home = a_household(county.lianhe, phone="13800138000")
    man = a_person(home, name="陈铁光")
    child = a_person(home, name="陈小光", relation="20")
    a_condition(man)
    duty = a_duty(man, starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1))
    return SimpleNamespace(home=home, man=man, child=child, duty=duty, today=today)


@pytest.fixture
def pocket(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], house: House, tmp_path: Path
) -> Iterator[Pocket]:
    phone = Pocket(browser_type, browser_type_launch_args, house, tmp_path / "disk")
    yield phone
    phone.close()
    assert phone.faults == []


@pytest.fixture
def saved_without_network(pocket, family, cast) -> Callable[[], None]:
    """One visit, 152/94, saved while there was no network."""

    def do() -> None:
        page = pocket.pack(cast.doctor)
        pocket.network(False)
        pocket.go("/today/")
        open_first_sheet(page)
        fill_readings(page)
        save(page)
        expect(page.locator(".day-line")).to_contain_text("已存手机")

    return do


def test_day_without_network_is_received_once_when_it_is_back(pocket, family, cast, saved_without_network):
    # given a morning with network, then a village without
    saved_without_network()
    page = pocket.page
    expect(page.locator(".topbar [data-queue-badge]")).to_contain_text("待上传 1")
    expect(page.locator("#offline-strip")).to_contain_text("没有网络")

    # then the child, to whom nothing is owed, has a page of its own out of the copy of the household
    pocket.go(f"/persons/{family.child.uuid}/")
    expect(page.locator("h1")).to_have_text(family.child.name)
    expect(page).to_have_title(re.compile(family.child.name))
    assert page.locator("main").count() == 1 and page.locator("template[data-member]").count() == 0

    # then household, person, call and queue pages are there too
    for path in (f"/households/{family.home.uuid}/", f"/persons/{family.man.uuid}/", "/queue/"):
        pocket.go(path)
        expect(page.locator("#main")).to_contain_text("陈铁光")
    assert Visit.objects.count() == 0

    # when the network is back, the entry goes by itself, once
    pocket.network(True)
    pocket.wait_for(waiting=0, received=1)
    visit = Visit.objects.get()
    assert (visit.sbp, visit.by, visit.device_seq) == (152, cast.doctor, 1)
    expect(page.locator(".topbar [data-queue-badge]")).to_be_hidden()
    expect(page.locator('[data-figure="received"] dd')).to_have_text("1")


def test_killed_browser_still_holds_what_was_saved(pocket, cast, saved_without_network):
    saved_without_network()
    pocket.kill()
    page = pocket.wake(online=False)
    pocket.go("/queue/")
    expect(page.locator('[data-figure="waiting"] dd')).to_have_text("1")
    expect(page.locator('[data-list="waiting"]')).to_contain_text("陈铁光")

    # The browser may have lost its session with its life; signed in again, it goes on.
    pocket.network(True)
    pocket.sign_in(cast.doctor)
    pocket.wait_for(waiting=0, received=1)
    assert [visit.sbp for visit in Visit.objects.all()] == [152]


def test_half_typed_form_is_there_after_the_browser_was_killed(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    open_first_sheet(page)
    address = page.url
    page.fill('[name="sbp"]', "152")
    page.locator("#section-notes > summary").click()
    page.fill('[name="notes"]', "儿子在外打工")
    page.wait_for_timeout(800)
    pocket.kill()
    page = pocket.wake(online=False)
    page.goto(address)
    expect(page.locator("[data-draft]")).to_be_visible()
    assert (page.input_value('[name="sbp"]'), page.input_value('[name="notes"]')) == ("152", "儿子在外打工")


@pytest.mark.parametrize("store", ["indexedDB", "caches"])
def test_one_of_two_stores_wiped_is_healed_by_the_other(store, pocket, saved_without_network):
    saved_without_network()
    page = pocket.page
    page.context.route("**/sync/visits", lambda route: route.fulfill(status=503, body="later"))
    pocket.network(True)
    pocket.go("/manifest.webmanifest")
    wipe = {
        "indexedDB": "() => new Promise((done) => { indexedDB.deleteDatabase('healthaid').onsuccess = done; })",
        "caches": "() => caches.delete('healthaid-mirror')",
    }
    page.evaluate(wipe[store])
    pocket.go("/queue/")
    pocket.wait_for(waiting=1)
    page.context.unroute("**/sync/visits")
    page.get_by_role("button", name="立即上传").click()
    pocket.wait_for(waiting=0, received=1)
    assert Visit.objects.get().device_seq == 1


def test_server_that_fails_first_gets_it_later(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    page.context.route("**/sync/visits", lambda route: route.fulfill(status=500, body="oh"))
    open_first_sheet(page)
    fill_readings(page)
    save(page)
    expect(page.locator(".topbar [data-queue-badge]")).to_contain_text("待上传 1")
    page.context.unroute("**/sync/visits")
    pocket.go("/queue/")
    pocket.wait_for(waiting=0, received=1)
    assert Visit.objects.count() == 1


def test_strangers_page_instead_of_the_server_is_no_receipt(pocket, family, cast):
    """A hotel's or a carrier's sign-in page answers 200 to everything."""
    page = pocket.pack(cast.doctor)
    page.context.route(
        "**/sync/visits",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<p>WLAN</p>"),
    )
    open_first_sheet(page)
    fill_readings(page)
    save(page)
    expect(page.locator(".topbar [data-queue-badge]")).to_contain_text("待上传 1")
    assert pocket.counts()["waiting"] == 1


def test_lost_answer_does_not_double_the_visit(pocket, family, cast):
    page = pocket.pack(cast.doctor)

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.context.route("**/sync/visits", lose, times=1)
    open_first_sheet(page)
    fill_readings(page)
    save(page)
    expect(page.locator(".topbar [data-queue-badge]")).to_contain_text("待上传 1")
    pocket.go("/queue/")
    pocket.wait_for(waiting=0, received=1)
    assert (Visit.objects.count(), Submission.objects.count()) == (1, 1)


def test_refused_visit_is_loud_and_can_be_mended(pocket, family, cast):
    # given a visit saved offline that the server will not take: the next visit lies before this one
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    open_first_sheet(page)
    fill_readings(page)
    page.fill('[name="next_date"]', (family.today - timedelta(days=3)).isoformat())
    save(page)
    page.wait_for_url("**/today/**")

    # then it is not accepted, loudly and with its reason
    pocket.network(True)
    pocket.wait_for(waiting=0, refused=1)
    expect(page.locator(".topbar [data-queue-badge]")).to_contain_text("未被接收 1")
    pocket.go("/queue/")
    expect(page.locator('[data-list="refused"] .queue-why li')).to_contain_text("随访")
    assert Visit.objects.count() == 0

    # and mended under the same number it is taken
    page.get_by_role("link", name="打开修改").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.input_value('[name="sbp"]') == "152"
    page.fill('[name="next_date"]', (family.today + timedelta(days=10)).isoformat())
    save(page)
    page.wait_for_url("**/today/**")
    pocket.wait_for(refused=0, received=1)
    assert Visit.objects.count() == 1
    assert len(set(Submission.objects.values_list("client_id"))) == 1


def test_refusal_while_online_is_said_in_the_form(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    open_first_sheet(page)
    fill_readings(page)
    page.fill('[name="next_date"]', (family.today - timedelta(days=3)).isoformat())
    save(page)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator('[data-field="next_date"] .field-error')).to_be_visible()
    assert page.input_value('[name="sbp"]') == "152"


def test_another_users_entries_are_neither_shown_nor_sent(pocket, family, cast, saved_without_network):
    # given an entry of the first doctor, whose session has ended
    saved_without_network()
    Session.objects.all().delete()
    pocket.context.clear_cookies(name="sessionid")
    pocket.network(True)

    # when a colleague signs in on the same phone
    page = pocket.sign_in(with_password(cast.team_doctor))
    assert page.evaluate("() => window.healthaidPhone.ready")
    pocket.go("/queue/")
    expect(page.locator("[data-queue-others]")).to_contain_text("另一位用户的 1 条")
    expect(page.locator("#main")).not_to_contain_text("陈铁光")
    page.get_by_role("button", name="立即上传").click()
    expect(page.locator("[data-queue-said]")).to_contain_text("已全部收到")
    assert Visit.objects.count() == 0

    # then it goes once the first one is back, in the first one's name
    page.context.clear_cookies(name="sessionid")
    pocket.sign_in(cast.doctor)
    pocket.wait_for(waiting=0, received=1)
    assert Visit.objects.get().by == cast.doctor


def test_sign_out_warns_then_leaves_nothing_to_read(pocket, family, cast, saved_without_network):
    # given one unsent entry, and a server that cannot take it now
    saved_without_network()
    page = pocket.page
    page.context.route("**/sync/visits", lambda route: route.fulfill(status=503, body="later"))
    pocket.network(True)
    pocket.go("/account/logout/")
    assert page.evaluate("() => window.healthaidPhone.ready")

    # when the doctor signs out, they are warned first
    page.locator("form.form .button-primary").click()
    expect(page.locator("[data-unsent]")).to_contain_text("还有 1 条记录没有上传")
    page.locator("form.form .button-primary").click()
    page.wait_for_url("**/account/login/**")

    # then pages, drafts and key are gone and what waits cannot be read
    left = page.evaluate(
        """async () => ({
          caches: (await caches.keys()).filter((name) => name.includes("pages")),
          session: await healthaidVault.session(),
          rows: await healthaidVault.entries(),
          mirror: await Promise.all((await (await caches.open("healthaid-mirror")).matchAll()).map((kept) => kept.text())),
        })"""
    )
    assert (left["caches"], left["session"], len(left["rows"])) == ([], None, 1)
    kept = json.dumps(left, ensure_ascii=False)
    assert "陈铁光" not in kept
    assert str(family.man.uuid) not in kept
    expect(page.locator("[data-waiting-here]")).to_contain_text("1 条")

    # and without network the pages are not shown
    pocket.network(False)
    pocket.go("/today/")
    expect(page.locator("body")).not_to_contain_text("陈铁光")


def test_wipe_that_was_cut_off_is_finished_on_the_next_start(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    page.evaluate("() => healthaidVault.mirrorPut('meta', 'wipe', { at: Date.now() })")
    pocket.kill()
    pocket.wake()
    pocket.context.clear_cookies()
    page = pocket.go("/account/login/")
    page.evaluate("() => window.healthaidPhone.ready")
    assert page.evaluate(
        "async () => [await healthaidVault.session(), await caches.has('healthaid-pages')]"
    ) == [
        None,
        False,
    ]


KEPT = """async ([field, value]) => {
  const draft = await healthaidDrafts.load(healthaidSheet.data.draft);
  return Boolean(draft?.values.some(([name, typed]) => name === field && typed === value));
}"""


def test_one_sheet_in_two_windows_keeps_one_draft_and_says_so(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    open_first_sheet(page)
    page.fill('[name="sbp"]', "152")
    page.wait_for_function(KEPT, arg=["sbp", "152"])
    other = pocket.context.new_page()
    other.goto(page.url)
    expect(other.locator("[data-elsewhere]")).to_be_visible()
    other.fill('[name="sbp"]', "118")
    other.wait_for_timeout(600)
    other.close()
    page.reload()
    expect(page.locator('[name="sbp"]')).to_have_value("152")


def test_two_windows_send_an_entry_once(pocket, family, cast, saved_without_network):
    saved_without_network()
    page = pocket.page
    other = pocket.context.new_page()
    other.goto(pocket.house.url + "/queue/")
    pocket.network(True)
    sending = "() => healthaidPhone.flush().then(() => true)"
    assert [window.evaluate(sending) for window in (page, other)] == [True, True]
    pocket.wait_for(waiting=0, received=1)
    assert (Visit.objects.count(), Submission.objects.count()) == (1, 1)


# What a full disk answers to either store. Chromium's own override of the quota is let through now and then.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  const aborted = new WeakSet();
  IDBObjectStore.prototype.put = function (...values) {
    if (aborted.has(this.transaction)) return {};
    const request = put.apply(this, values);
    aborted.add(this.transaction);
    this.transaction.abort();
    return request;
  };
  Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
}"""


def test_full_phone_says_so_and_the_form_stays(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    open_first_sheet(page)
    fill_readings(page)
    page.evaluate(FULL)
    save(page)
    expect(page.locator("[data-full]")).to_be_visible()
    expect(page.locator("[data-full]")).to_contain_text("手机存储已满")
    assert page.input_value('[name="sbp"]') == "152"
    with page.expect_download() as taken:
        page.locator("[data-full]").get_by_role("button", name="存成文件").click()
    told = json.loads(Path(taken.value.path()).read_text())
    assert told["items"][0]["answers"]["sbp"] == "152"
    page.locator("[data-full]").get_by_role("button", name="直接上传").click()
    page.wait_for_url("**/today/**")
    assert Visit.objects.get().sbp == 152


def test_nobody_there_is_noted_without_network(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    page.get_by_role("link", name="没见到人").first.click()
    page.locator("label", has_text="外出打工").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("等待上传")
    pocket.network(True)
    pocket.wait_for(waiting=0, received=1)
    assert [attempt.by for attempt in Attempt.objects.all()] == [cast.doctor]


def test_pages_outside_the_doctors_list_are_never_kept(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    pocket.go("/households/")
    pocket.go(f"/persons/{family.man.uuid}/")
    listed = page.evaluate("async () => Object.keys((await healthaidVault.get('meta', 'pages')).versions)")
    kept = page.evaluate(
        "async () => (await (await caches.open('healthaid-pages')).keys()).map((each) => each.url)"
    )
    pages = {each for each in listed if not each.startswith("/sync/")}
    assert {each.removeprefix(pocket.house.url) for each in kept} == pages
    assert "/households/" not in listed
    pocket.network(False)
    pocket.go("/households/")
    expect(page.locator("h1")).to_have_text("手机里没有这一页")


def test_restored_server_is_offered_again_what_it_has_lost(pocket, family, cast):
    # given a received visit, then a restore from an older backup: the visit is gone, the epoch is another
    page = pocket.pack(cast.doctor)
    open_first_sheet(page)
    fill_readings(page)
    save(page)
    page.wait_for_url("**/today/**")
    pocket.wait_for(received=1)
    _forget_everything()
    page.evaluate("() => healthaidVault.remember({ epoch: 'before', at: 0 })")

    # when the phone hears of the other epoch, it sends the visit once more
    pocket.go("/queue/")
    pocket.until("async () => (await healthaidVault.session()).epoch !== 'before'")
    pocket.wait_for(received=1, waiting=0)
    assert Visit.objects.get().sbp == 152


def _forget_everything() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE followups_visit, followups_submission CASCADE")


def test_asset_of_an_earlier_release_is_still_on_the_shelf(pocket, family, cast):
    """A copied page may name it while the server has only the new one."""
    page = pocket.pack(cast.doctor)
    pocket.go("/queue/")
    answer = page.evaluate(
        """async () => {
          const url = "/static/followups/visit.0123456789ab.js";
          await (await caches.open("healthaid-assets")).put(url, new Response("old"));
          return (await fetch(url)).text();
        }"""
    )
    assert answer == "old"
