"""What else a doctor does without network: correcting, noting needs, calling; and what becomes of it later."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.audit.models import AccessLog
from followups.models import Conflict, Need, Submission, Visit
from followups.services.conflicts import resolve_conflict
from followups.services.visits import record_visit
from tests.factories.followups import a_body, a_duty
from tests.factories.registry import a_condition, a_household, a_person
from tests.journeys.conftest import with_password
from tests.journeys.pocket import Pocket, fill_readings, open_first_sheet, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(county, cast) -> SimpleNamespace:
    with_password(cast.doctor)
    today = timezone.localdate()
    home = a_household(county.lianhe, phone="13800138000", phone_masked="138****8000")
    man = a_person(home, name="陈铁光")
    a_condition(man)
    a_duty(man, starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=1))
    return SimpleNamespace(home=home, man=man, today=today)


def new_pocket(browser_type: Any, arguments: Any, house: Any, disk: Path) -> Iterator[Pocket]:
    phone = Pocket(browser_type, arguments, house, disk)
    yield phone
    phone.close()
    assert phone.faults == []


@pytest.fixture
def pocket(browser_type, browser_type_launch_args, house, tmp_path) -> Iterator[Pocket]:
    yield from new_pocket(browser_type, browser_type_launch_args, house, tmp_path / "disk")


def note_a_need(page: Page, words: str) -> None:
    page.locator('label[for="id_kind_4"]').click()
    page.fill('[name="description"]', words)
    page.get_by_role("button", name="保存", exact=True).click()


def save_one(pocket: Pocket) -> Page:
    """A visit of 152/94, received."""
    open_first_sheet(pocket.page)
    fill_readings(pocket.page)
    save(pocket.page)
    pocket.page.wait_for_url("**/today/**")
    pocket.wait_for(waiting=0, received=1)
    return pocket.page


def test_a_visit_is_corrected_without_network(pocket, family, cast):
    # given a visit that was received, and no network
    pocket.pack(cast.doctor)
    page = save_one(pocket)
    first = Visit.objects.get()
    pocket.network(False)

    # when it is opened from the queue, its own readings stand in the sheet
    pocket.go("/queue/")
    page.locator('[data-list="received"] > summary').click()
    page.get_by_role("link", name="更正").click()
    expect(page.locator('[name="sbp"]')).to_have_value("152")
    expect(page.locator("h1")).to_have_text("陈铁光")
    page.fill('[name="sbp"]', "142")
    save(page)
    page.wait_for_url("**/today/**")
    assert pocket.counts()["waiting"] == 1

    # then it is a new version once the network is back, and the first one stays
    pocket.kill()
    pocket.wake()
    pocket.sign_in(cast.doctor)
    pocket.wait_for(waiting=0, received=2)
    now = Visit.objects.get(is_current=True)
    assert (now.sbp, now.supersedes_id, now.device_seq) == (142, first.pk, 2)


def test_a_colleagues_visit_is_corrected_from_the_copied_household_with_a_reason(pocket, family, cast):
    earlier = str(family.today - timedelta(days=9))
    record_visit(body=a_body(family.man, visited_on=earlier), by=cast.team_doctor, received_on=family.today)
    Visit.objects.update(received_at=timezone.now() - timedelta(days=9))
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    pocket.go(f"/households/{family.home.uuid}/")
    page.locator(f'a[href="/visits/{Visit.objects.get().pk}/"]').first.click()
    expect(page.locator('[name="reason"]')).to_be_visible()
    page.fill('[name="sbp"]', "138")
    save(page)
    expect(page.locator(".error-summary")).to_contain_text("更正原因")
    page.fill('[name="reason"]', "看错了")
    save(page)
    page.wait_for_url("**/today/**")
    pocket.network(True)
    pocket.wait_for(waiting=0, received=1)
    now = Visit.objects.get(is_current=True)
    assert (now.sbp, now.amend_reason, Visit.objects.count()) == (138, "看错了", 2)


def test_a_need_is_noted_without_network_and_survives_the_browser(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    page.get_by_role("link", name="记一条需求").or_(page.get_by_role("link", name="登记需求")).first.click()
    expect(page.locator("#main")).to_contain_text("陈铁光")
    note_a_need(page, "要一副拐杖")
    expect(page.locator("#messages")).to_contain_text("等待上传")
    pocket.kill()
    page = pocket.wake(online=False)
    pocket.go("/queue/")
    expect(page.locator('[data-list="waiting"]')).to_contain_text("陈铁光")
    pocket.network(True)
    pocket.sign_in(cast.doctor)
    pocket.wait_for(waiting=0, received=1)
    need = Need.objects.get()
    assert (need.description, need.person, need.kind) == ("要一副拐杖", family.man, "device")
    assert Submission.objects.get().device_seq == 1


def test_a_half_typed_need_is_there_again(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    pocket.go(f"/needs/new/?person={family.man.uuid}")
    page.fill('[name="description"]', "要一副拐杖")
    page.wait_for_timeout(800)
    pocket.kill()
    page = pocket.wake(online=False)
    pocket.go(f"/needs/new/?person={family.man.uuid}")
    expect(page.locator('[name="description"]')).to_have_value("要一副拐杖")


def test_numbers_are_there_without_network_and_their_copying_is_recorded(pocket, family, cast):
    page = pocket.pack(cast.doctor)
    assert AccessLog.objects.filter(subject_uuid=family.man.uuid, user=cast.doctor).exists()
    pocket.network(False)
    page.locator(".day-foot form button").first.click()
    expect(page.locator(".call-number")).to_have_text("13800138000")


def test_a_decided_conflict_leaves_the_phones_list(pocket, family, cast):
    # given a visit of the same day that a colleague's phone has sent before
    pocket.pack(cast.doctor)
    record_visit(
        body=a_body(family.man, visited_on=str(family.today)), by=cast.team_doctor, received_on=family.today
    )
    open_first_sheet(pocket.page)
    fill_readings(pocket.page)
    save(pocket.page)
    pocket.page.wait_for_url("**/conflicts/")
    pocket.wait_for(conflict=1)

    # when somebody decides that the colleague's holds
    resolve_conflict(conflict=Conflict.objects.get(), choice="keep", by=cast.doctor, on=family.today)
    page = pocket.go("/queue/")

    # then the phone says so, and asks for nothing any more
    expect(page.locator('[data-list="decided"]')).to_contain_text("以另一条为准")
    pocket.wait_for(conflict=0)
    expect(page.locator(".topbar [data-queue-badge]")).to_be_hidden()


def test_entries_read_back_from_a_file_on_another_phone_count_once(
    pocket, family, cast, browser_type, browser_type_launch_args, house, tmp_path
):
    # given an entry that cannot leave its phone, saved as a file there
    page = pocket.pack(cast.doctor)
    pocket.network(False)
    open_first_sheet(page)
    fill_readings(page)
    save(page)
    page.wait_for_url("**/today/**")
    pocket.go("/queue/")
    with page.expect_download() as taken:
        page.locator("[data-queue-export]").click()
    file = tmp_path / "records.json"
    taken.value.save_as(file)

    # when it is read back on the doctor's other phone, twice, and the first phone sends it too
    for other in new_pocket(browser_type, browser_type_launch_args, house, tmp_path / "other"):
        screen = other.pack(cast.doctor)
        other.go("/queue/")
        screen.set_input_files("#queue-file", file)
        other.wait_for(received=1, waiting=0)
        screen.set_input_files("#queue-file", file)
        expect(screen.locator("[data-queue-said]")).to_contain_text("都已有")
        other.go("/queue/")
        screen.set_input_files(
            "#queue-file", {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"}
        )
        expect(screen.locator("[data-queue-said]")).to_contain_text("没有记录")
    pocket.network(True)
    pocket.wait_for(received=1, waiting=0)
    assert (Visit.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.fixture
def releasing(house) -> Iterator[SimpleNamespace]:
    """The house behind a door that can hand out another worker, as a new release does."""
    told = SimpleNamespace(url="", worker="")

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:  # noqa: N802
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else None
            asked = urllib.request.Request(house.url + self.path, data=body, method=self.command)  # noqa: S310
            for name, value in self.headers.items():
                asked.add_header(name, value)
            try:
                answer = opener.open(asked, timeout=30)
            except urllib.error.HTTPError as refused:
                answer = refused
            content = answer.read() + (told.worker.encode() if self.path == "/sw.js" else b"")
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    class Still(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    opener = urllib.request.build_opener(Still)
    door = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    told.url = f"http://127.0.0.1:{door.server_port}"
    threading.Thread(target=door.serve_forever, daemon=True).start()
    yield told
    door.shutdown()
    door.server_close()


def test_a_new_release_waits_while_a_sheet_is_half_filled(
    family, cast, releasing, browser_type, browser_type_launch_args, tmp_path
):
    waiting = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
    for pocket in new_pocket(browser_type, browser_type_launch_args, releasing, tmp_path / "disk"):
        # given a half filled sheet, and another window that hears of a new release
        page = pocket.pack(cast.doctor)
        open_first_sheet(page)
        page.fill('[name="sbp"]', "152")
        releasing.worker = "\n// the next release"
        other = pocket.context.new_page()
        other.goto(releasing.url + "/queue/")
        other.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update(); }")
        pocket.until(waiting)

        # then the new worker waits, whatever is opened beside it
        other.goto(releasing.url + "/today/")
        assert other.evaluate("() => window.healthaidPhone.ready")
        other.wait_for_timeout(1000)
        assert page.evaluate(waiting)
        assert page.input_value('[name="sbp"]') == "152"
        other.close()

        # and takes over once the sheet is saved
        fill_readings(page)
        save(page)
        page.wait_for_url("**/today/**")
        pocket.until("async () => !(await navigator.serviceWorker.getRegistration()).waiting")
        pocket.wait_for(received=1)
    assert Visit.objects.get().sbp == 152
