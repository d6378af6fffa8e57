"""The board of households at risk and the page of a case."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from claims.services.warnings.working import verify_warning
from core.audit.models import AccessLog
from households.models import HouseholdStatus, MonitoringCase
from households.services.monitoring.working import approve_removal
from tests.factories.burdens import a_warning
from tests.factories.facts import a_duty_of, a_need_of
from tests.factories.ground import a_user
from tests.factories.monitoring import a_case_asked, a_case_found, a_case_helped
from tests.factories.registry import a_household, a_person

BOARD = "/monitoring/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def home(county):
    home = a_household(county.lianhe, standing="lifted")
    a_person(home, name="陈铁光")
    return home


def page(case):
    return f"/monitoring/{case.uuid}/"


def counted(answer):
    return {tab["label"]: tab["count"] for tab in answer.context["tabs"]}


def test_each_level_sees_its_own_turn_first(home, cast, signed_in, today):
    a_case_found(home, cast, on=today)
    shown = {
        who: signed_in(getattr(cast, who)).get(BOARD).context for who in ("doctor", "township", "county")
    }
    assert {who: (one["show"], len(one["homes"])) for who, one in shown.items()} == {
        "doctor": ("village", 1),
        "township": ("township", 0),
        "county": ("county", 0),
    }


def test_every_count_is_the_length_of_its_list(county, cast, signed_in, today):
    for n in range(3):
        a_case_found(a_household(county.lianhe), cast, on=today)
        a_warning(a_household(county.qingshui), raised_on=today, due_on=today, rule=f"r{n}")
    both = a_household(county.lianhe)
    a_warning(both, raised_on=today, due_on=today)
    a_case_helped(both, cast, on=today)
    client = signed_in(cast.county)
    answer = client.get(BOARD)
    for tab in answer.context["tabs"][:-1]:
        assert len(client.get(f"{BOARD}{tab['url']}").context["homes"]) == tab["count"]
    for one in answer.context["by_source"]:
        assert len(client.get(f"{BOARD}{one['url']}").context["homes"]) == one["count"]
    # Nobody works in the other street: what it would have to do is the county's.
    assert [tab["count"] for tab in answer.context["tabs"]] == [7, 3, 1, 3, 0]


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("source=warning", 0),
        ("source=case", 1),
        ("kind=unstable", 1),
        ("kind=sudden", 0),
        ("risk=illness", 1),
        ("risk=work", 1),  # cannot be read: narrows nothing
        ("age=7", 0),
        ("age=late", 0),
    ],
)
def test_the_board_is_narrowed(home, cast, signed_in, today, query, n):
    a_case_found(home, cast, on=today)
    answer = signed_in(cast.township).get(f"{BOARD}?holder=all&{query}")
    assert len(answer.context["homes"]) == n


def test_other_areas_stay_hidden(county, cast, signed_in, today):
    a_warning(a_household(county.qingshui), raised_on=today, due_on=today)
    assert signed_in(cast.township).get(f"{BOARD}?holder=all").context["homes"] == []


def test_what_is_confidential_is_on_the_board_for_health_staff_only(county, cast, signed_in, today):
    person = a_person(a_household(county.lianhe))
    a_need_of(person, cast.doctor, kind="cost", is_sensitive=True, raised_on=today, due_on=today)
    a_duty_of(person.household, today - timedelta(days=40), person, is_sensitive=True)
    shown = {
        who: len(signed_in(getattr(cast, who)).get(f"{BOARD}?holder=all").context["homes"])
        for who in ("township", "township_administration", "auditor")
    }
    assert shown == {"township": 1, "township_administration": 0, "auditor": 0}


def test_the_statements_of_the_board_do_not_grow_with_its_rows(
    county, cast, signed_in, today, django_assert_max_num_queries
):
    for _ in range(25):
        a_case_found(a_household(county.lianhe), cast, on=today)
    client = signed_in(cast.township)
    with django_assert_max_num_queries(20):
        client.get(f"{BOARD}?holder=all")


def test_the_file_has_a_row_for_each_matter_and_is_recorded(home, cast, signed_in, today):
    a_case_found(home, cast, on=today)
    a_warning(home, raised_on=today, due_on=today)
    answer = signed_in(cast.township).post(f"{BOARD}export/?holder=all")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == ["陈铁光", "陈铁光"]
    assert AccessLog.objects.filter(kind="export").count() == 1


def test_a_risk_is_noted_from_the_page_of_the_household(home, cast, signed_in, today):
    client = signed_in(cast.doctor)
    assert f"/monitoring/new/{home.uuid}/" in client.get(f"/households/{home.uuid}/").content.decode()
    told = {
        "kind": "unstable",
        "risk": "illness",
        "source": "sweep",
        "found_on": today,
        "grounds": "住院借款",
    }
    answer = client.post(f"/monitoring/new/{home.uuid}/", told)
    case = MonitoringCase.objects.get()
    assert answer["Location"] == page(case)
    assert (case.source, case.found_by) == ("sweep", cast.doctor)
    assert page(case) in client.get(f"/households/{home.uuid}/").content.decode()


def test_a_wrong_day_is_told_beside_its_field_and_nothing_typed_is_lost(home, cast, signed_in, today):
    told = {"kind": "unstable", "risk": "illness", "source": "sweep", "grounds": "住院借款"}
    told["found_on"] = (today + timedelta(days=1)).isoformat()
    answer = signed_in(cast.doctor).post(f"/monitoring/new/{home.uuid}/", told)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"found_on"}
    assert "住院借款" in answer.content.decode()


def test_a_second_case_leads_to_the_open_one(home, cast, signed_in, today):
    case = a_case_found(home, cast, on=today)
    answer = signed_in(cast.doctor).get(f"/monitoring/new/{home.uuid}/")
    assert answer["Location"] == page(case)


def test_a_case_is_walked_on_its_page_from_the_visit_to_the_asking(home, cast, signed_in, today):
    case = a_case_found(home, cast, on=today - timedelta(days=90))
    doctor, township = signed_in(cast.doctor), signed_in(cast.township)
    seen = (today - timedelta(days=88)).isoformat()
    finding = {"verify-visited_on": seen, "verify-kind": "sudden", "verify-risk": "illness"}
    doctor.post(page(case), {"verify": "1", **finding, "verify-finding": "欠债两万"})
    measure = {"measure-kind": "temporary", "measure-what": "临时救助", "measure-who": "民政办"}
    township.post(page(case), {"measure": "1", **measure, "measure-since": seen})
    township.post(page(case), {"look": "1", "look-note": "病情稳定"})
    answer = township.post(page(case), {"ask": "1", "ask-grounds": "债已还清"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.kind, case.holder) == ("asked", "sudden", "county")
    assert case.steps.count() == 5


def test_the_county_decides_on_the_page(home, cast, signed_in, today):
    case = a_case_asked(home, cast, on=today - timedelta(days=100))
    assert "approve" not in signed_in(cast.township).get(page(case)).content.decode()
    answer = signed_in(cast.county).post(page(case), {"approve": "1", "approve-note": "同意"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "removed"


def test_a_step_that_the_role_has_not_is_refused(home, cast, signed_in, today):
    case = a_case_asked(home, cast, on=today - timedelta(days=100))
    for user in (cast.doctor, cast.township, cast.auditor):
        assert signed_in(user).post(page(case), {"approve": "1"}).status_code == 403


def test_a_step_taken_meanwhile_is_told_and_nothing_breaks(home, cast, signed_in, today):
    case = a_case_found(home, cast, on=today)
    client = signed_in(cast.doctor)
    told = {"dismiss": "1", "dismiss-visited_on": today.isoformat(), "dismiss-finding": "无风险"}
    for _ in range(2):
        answer = client.post(page(case), told, follow=True)
    assert answer.status_code == 200
    assert case.steps.count() == 2


def test_a_verified_warning_becomes_a_case_in_one_press(home, cast, signed_in, today):
    warning = a_warning(home, raised_on=today, due_on=today)
    client = signed_in(cast.township)
    assert "from-warning" not in client.get(f"/warnings/{warning.pk}/").content.decode()
    client.post(f"/warnings/{warning.pk}/", {"verify": "1", "verify-finding": "欠债两万"})
    assert "from-warning" in client.get(f"/warnings/{warning.pk}/").content.decode()
    answer = client.post(f"/monitoring/from-warning/{warning.pk}/")
    case = MonitoringCase.objects.get()
    assert answer["Location"] == page(case)
    assert (case.state, case.kind, case.risk, case.source, case.source_key, case.finding) == (
        *("verified", "unstable", "illness", "warning", str(warning.pk), "欠债两万"),
    )
    assert case.verified_by == cast.township
    assert f"/warnings/{warning.pk}/" in client.get(page(case)).content.decode()


def test_who_verified_the_warning_stays_named_after_leaving_the_office(home, cast, county, signed_in, today):
    warning = a_warning(home, raised_on=today, due_on=today)
    colleague = a_user("township_staff", county.dongping)
    verify_warning(warning=warning, finding="欠债", by=colleague, on=today)
    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    signed_in(cast.township).post(f"/monitoring/from-warning/{warning.pk}/")
    assert MonitoringCase.objects.get().verified_by == colleague


def test_what_is_done_in_the_case_is_told_to_the_warning(home, cast, signed_in, today):
    warning = a_warning(home, raised_on=today - timedelta(days=90), due_on=today)
    township = signed_in(cast.township)
    township.post(f"/warnings/{warning.pk}/", {"verify": "1", "verify-finding": "欠债"})
    township.post(f"/monitoring/from-warning/{warning.pk}/")
    case = MonitoringCase.objects.get()
    measure = {"measure-kind": "temporary", "measure-what": "临时救助", "measure-who": "民政办"}
    township.post(page(case), {"measure": "1", **measure, "measure-since": today.isoformat()})
    warning.refresh_from_db()
    assert (warning.state, warning.measures) == ("helped", "临时救助")


def test_an_unverified_warning_is_sent_back_to_be_verified(home, cast, signed_in, today):
    warning = a_warning(home, raised_on=today, due_on=today)
    answer = signed_in(cast.township).post(f"/monitoring/from-warning/{warning.pk}/")
    assert answer["Location"] == f"/warnings/{warning.pk}/"
    assert not MonitoringCase.objects.exists()


def test_what_the_register_has_is_taken_in_with_one_press(home, cast, signed_in, today):
    HouseholdStatus.objects.create(
        household=home, standing="monitored", monitored_kind="sudden", period=(today, None)
    )
    client = signed_in(cast.township)
    assert client.get(BOARD).context["without_case"] == 1
    client.post(f"{BOARD}take-in/")
    assert client.get(BOARD).context["without_case"] == 0
    assert MonitoringCase.objects.get().source == "register"


def test_a_measure_is_ended_on_its_page(home, cast, signed_in, today):
    case = a_case_helped(home, cast, on=today)
    measure = case.measures.get()
    url = f"{page(case)}measures/{measure.pk}/"
    client = signed_in(cast.township)
    assert client.post(url, {"outcome": ""}).status_code == 422
    assert client.post(url, {"outcome": "已到账"}).status_code == 302
    measure.refresh_from_db()
    assert (measure.done_on, measure.outcome) == (today, "已到账")


def test_an_auditor_reads_and_does_not_write(home, cast, signed_in, today):
    case = a_case_found(home, cast, on=today)
    assert b"<textarea" not in signed_in(cast.auditor).get(page(case)).content


def test_ended_cases_have_their_list(home, cast, county, signed_in, today):
    case = a_case_asked(home, cast, on=today - timedelta(days=100))
    approve_removal(case=case, note="", by=a_user("county_staff", county.county), on=today)
    answer = signed_in(cast.county).get(f"{BOARD}?holder=ended")
    assert [one["title"] for one in answer.context["cases"]] == ["陈铁光"]
    assert answer.context["tabs"][-1]["count"] == 1


def test_the_history_of_a_case_tells_who_changed_what_in_it_and_in_its_measures(home, cast, signed_in, today):
    case = a_case_found(home, cast)
    client = signed_in(cast.township)
    told = {"verify": "1", "verify-kind": case.kind, "verify-risk": "illness", "verify-finding": "欠债两万"}
    assert client.post(page(case), {**told, "verify-visited_on": today.isoformat()}).status_code == 302
    measure = {
        "measure": "1",
        "measure-kind": "medical_aid",
        "measure-what": "救助两千",
        "measure-who": "民政办",
    }
    assert client.post(page(case), {**measure, "measure-since": today.isoformat()}).status_code == 302
    assert f"{page(case)}history/" in client.get(page(case)).content.decode()
    text = client.get(f"{page(case)}history/").content.decode()
    assert cast.township.full_name in text
    assert "欠债两万" in text and "医疗救助" in text
    assert "turn since" not in text and "found at home" not in text


def test_a_doctor_reads_a_case_but_not_its_history(home, cast, signed_in):
    case = a_case_found(home, cast)
    assert signed_in(cast.doctor).get(page(case)).status_code == 200
    assert signed_in(cast.doctor).get(f"{page(case)}history/").status_code == 403


def test_the_history_of_a_case_elsewhere_is_not_found(county, cast, signed_in):
    case = a_case_found(a_household(county.qingshui, standing="lifted"), cast)
    assert signed_in(cast.township).get(f"{page(case)}history/").status_code == 404


def test_a_long_history_takes_few_queries(home, cast, signed_in, today, django_assert_max_num_queries):
    case = a_case_asked(home, cast)
    client = signed_in(cast.township)
    with django_assert_max_num_queries(40):
        client.get(f"{page(case)}history/")
