"""The board of early warning and its pages."""

import pytest

from claims.models import ReferenceValue, RuleSetInForce
from core.accounts.models import Sector
from tests.factories.burdens import Bills, a_warning
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person


@pytest.fixture
def warning(county):
    home = a_household(county.lianhe)
    a_person(home, name="陈铁光")
    return a_warning(home)


def test_the_board_shows_the_household_and_its_sums(warning, cast, signed_in):
    text = signed_in(cast.township).get("/warnings/").content.decode()
    assert "陈铁光" in text
    assert "12,000.00" in text
    assert "全年自付超过1万元" in text


def test_a_step_is_taken_on_the_page(warning, cast, signed_in):
    client = signed_in(cast.township)
    answer = client.post(f"/warnings/{warning.pk}/", {"verify": "1", "verify-finding": "欠债两万"})
    assert answer.status_code == 302
    warning.refresh_from_db()
    assert warning.state == "verified"


def test_an_empty_finding_is_told_beside_its_field(warning, cast, signed_in):
    answer = signed_in(cast.township).post(
        f"/warnings/{warning.pk}/", {"dismiss": "1", "dismiss-finding": ""}
    )
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_step_taken_meanwhile_is_told_and_nothing_breaks(warning, cast, signed_in):
    client = signed_in(cast.township)
    for _ in range(2):
        answer = client.post(
            f"/warnings/{warning.pk}/", {"verify": "1", "verify-finding": "欠债"}, follow=True
        )
    assert "欠债" in answer.content.decode()
    assert warning.steps.count() == 1


def test_an_auditor_reads_and_does_not_write(warning, cast, signed_in):
    client = signed_in(cast.auditor)
    assert b"<textarea" not in client.get(f"/warnings/{warning.pk}/").content
    answer = client.post(f"/warnings/{warning.pk}/", {"verify": "1", "verify-finding": "欠债"})
    assert answer.status_code == 403


def test_bills_are_listed_for_health_staff_only(warning, county, cast, signed_in):
    bills = Bills(county, cast, rules="")
    person = a_person(warning.household, name="李四妹", relation="10", sex="2")
    bills.bears(person, "300")
    administration = a_user("township_staff", county.dongping, sector=Sector.ADMINISTRATION)
    assert "李四妹" in signed_in(cast.township).get(f"/warnings/{warning.pk}/").content.decode()
    assert "李四妹" not in signed_in(administration).get(f"/warnings/{warning.pk}/").content.decode()


def test_the_county_chooses_its_rules_and_writes_figures(county, cast, signed_in):
    client = signed_in(cast.county)
    assert client.post("/warnings/rules/", {"choose": "1", "code": "xian_2025"}).status_code == 302
    figure = {"write": "1", "code": "income_line", "year": "2026", "amount": "9000", "source": "省文件"}
    assert client.post("/warnings/rules/", figure).status_code == 302
    assert (RuleSetInForce.objects.get().code, ReferenceValue.objects.get().year) == ("xian_2025", 2026)
    assert "西安市规则" in client.get("/warnings/rules/").content.decode()


def test_what_a_household_spends_is_written_down_and_corrected(warning, cast, signed_in):
    client = signed_in(cast.township)
    url = f"/warnings/spending/{warning.household.uuid}/"
    for spent in ("20000", "21000"):
        told = {"year": "2026", "spent": spent, "food": "8000", "size": "3"}
        assert client.post(url, told).status_code == 302
    assert warning.household.consumption_surveys.get().spent == 21_000
    answer = client.post(url, {"year": "2026", "spent": "5", "food": "8000", "size": "3"})
    assert answer.status_code == 422


def test_a_wrong_figure_loses_nothing(county, cast, signed_in):
    answer = signed_in(cast.county).post(
        "/warnings/rules/",
        {"write": "1", "code": "income_line", "year": "2026", "amount": "-3", "source": "省文件"},
    )
    assert answer.status_code == 422
    assert 'value="-3"' in answer.content.decode()
