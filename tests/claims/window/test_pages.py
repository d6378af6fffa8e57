"""The clerk's pages as a browser without script uses them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.models import Admission, BillItem, Receipt, Settlement
from claims.services.admissions import AdmissionWanted, admit, write_bill
from core.audit.models import AccessLog
from tests.factories.claims import a_hospital_at
from tests.factories.facts import an_enrolment_of
from tests.factories.ground import a_practitioner
from tests.factories.registry import a_household, a_person
from tests.factories.settling import COMMERCIAL, EVERYTHING, a_window, line

# A supplementary insurance that tells its amounts itself.
COMMERCIAL_TOLD = (
    COMMERCIAL,
    COMMERCIAL.split("base = ")[0]
    .replace('kind = "rate"', 'kind = "fixed"')
    .replace('per = "household"\n', ""),
)


@pytest.fixture
def window(county, cast):
    made = a_window(county, cast, EVERYTHING)
    a_practitioner(made.hospital, user=made.clerk)
    for year in {_days_ago(0).year, _days_ago(9).year} - {2025, 2026}:
        an_enrolment_of(made.person, year)
    return made


@pytest.fixture
def client(window, signed_in):
    return signed_in(window.clerk)


def _days_ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def _come(window, days=1):
    """An outpatient visit some days ago: settled by the calendar of today, whichever day that is."""
    wanted = AdmissionWanted(
        institution=window.hospital,
        admitted_on=_days_ago(days),
        care="chronic_outpatient",
        diagnosis="高血压",
    )
    return admit(person=window.person, wanted=wanted, by=window.clerk, on=_days_ago(0))


def _stay(window, *amounts, days=1):
    stay = _come(window, days)
    lines = [line(amount) for amount in amounts]
    write_bill(admission=stay, lines=lines, typed_total=None, by=window.clerk, on=_days_ago(0))
    return stay


def _post(client, name, stay, **data):
    return client.post(reverse(f"claims:{name}", args=[stay.uuid]), data, follow=True)


def _settled(window, client, *amounts):
    stay = _stay(window, *amounts)
    _post(client, "stay_settle", stay)
    stay.refresh_from_db()
    return stay


class TestFinding:
    def test_an_identity_number_finds_exactly_its_person(self, window, client):
        answer = client.post(reverse("claims:window"), {"q": window.person.id_number})
        assert [found["name"] for found in answer.context["found"]] == [window.person.name]
        assert window.person.id_number not in answer.content.decode().replace(
            f'value="{window.person.id_number}"', ""
        )

    def test_a_name_is_narrowed_by_its_village(self, window, client, county):
        a_person(a_household(county.qingshui), name=window.person.name)
        both = client.post(reverse("claims:window"), {"q": window.person.name})
        one = client.post(
            reverse("claims:window"), {"q": window.person.name, "village": window.person.village_id}
        )
        assert (len(both.context["found"]), len(one.context["found"])) == (2, 1)

    def test_a_household_number_finds_the_family(self, window, client):
        answer = client.post(reverse("claims:window"), {"q": window.home.register_no})
        assert len(answer.context["found"]) == 2

    def test_a_clerk_without_a_hospital_chooses_one_first(self, window, signed_in):
        window.clerk.practitioner.delete()
        client = signed_in(window.clerk)
        assert client.get(reverse("claims:window")).url == reverse("claims:window_hospital")
        client.post(reverse("claims:window_hospital"), {"hospital": window.hospital.pk})
        assert client.get(reverse("claims:window")).context["hospital"] == window.hospital

    def test_the_person_at_the_window_shows_what_each_layer_would_pay(self, window, client):
        page = client.get(reverse("claims:window_person", args=[window.person.uuid]))
        layers = {line.label: line for line in page.context["entitlements"].lines}
        assert layers["基本医保"].words == "按合规费用中全年累计超过 700 元的部分的 70% 支付"
        assert layers["救助基金"].applies


class TestAdmitting:
    def _data(self, **more):
        return {
            "uuid": "0193f7a2-0000-7000-8000-000000000001",
            "care": "inpatient",
            "admitted_on": _days_ago(0).isoformat(),
            "diagnosis": "肺炎",
            "referral": "not_needed",
            "treats_first": "on",
            "signer_name": "张三丰",
            **more,
        }

    def _admit(self, window, client, **more):
        return client.post(reverse("claims:window_admit", args=[window.person.uuid]), self._data(**more))

    def test_an_admission_twice_is_one_stay(self, window, client):
        for _press in range(2):
            assert self._admit(window, client).status_code == 302
        stay = Admission.objects.get()
        assert (stay.institution, stay.signer_name, stay.treats_first) == (window.hospital, "张三丰", True)

    def test_a_day_ahead_is_told_beside_its_field_and_nothing_typed_is_lost(self, window, client):
        answer = self._admit(window, client, admitted_on=_days_ago(-3).isoformat())
        assert answer.status_code == 422
        assert "admitted_on" in answer.context["form"].errors
        assert 'value="肺炎"' in answer.content.decode()

    def test_the_agreement_prints(self, window, client):
        self._admit(window, client)
        stay = Admission.objects.get()
        answer = client.get(reverse("claims:stay_agreement", args=[stay.uuid]))
        assert answer.content.startswith(b"%PDF") and answer["Cache-Control"] == "no-store"

    def test_diseases_are_offered_with_their_codes(self, window, client):
        answer = client.get(reverse("claims:window_diseases"), {"diagnosis": "糖尿"})
        assert answer.status_code == 200


class TestBilling:
    def test_the_grid_keeps_kinds_and_classes(self, window, client):
        stay = _come(window)
        data = {
            "bed-A-amount": "１，２００.50",
            "western_drug-B-amount": "300",
            "western_drug-B-first_pay": "30",
        }
        answer = _post(client, "stay_bill", stay, **data, typed_total="1500.50")
        assert answer.status_code == 200
        kept = BillItem.objects.filter(admission=stay).values_list(
            "category", "item_class", "amount", "first_pay"
        )
        assert list(kept) == [
            ("bed", "A", Decimal("1200.50"), Decimal(0)),
            ("western_drug", "B", Decimal(300), Decimal(30)),
        ]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"bed-A-amount": "12o"}, "bed-A-amount"),
            ({"bed-A-amount": "-5"}, "bed-A-amount"),
            ({"bed-A-amount": "5.123"}, "bed-A-amount"),
            ({"bed-B-amount": "5", "bed-B-first_pay": "6"}, "bed-B-amount"),
            ({"bed-A-amount": "5", "typed_total": "6"}, "typed_total"),
        ],
    )
    def test_a_wrong_figure_is_told_at_its_cell(self, window, client, data, field):
        stay = _come(window)
        answer = client.post(reverse("claims:stay_bill", args=[stay.uuid]), data)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert all(f'value="{typed}"' in answer.content.decode() for typed in data.values())
        assert not BillItem.objects.filter(admission=stay).exists()

    def test_an_empty_bill_is_refused(self, window, client):
        stay = _come(window)
        assert client.post(reverse("claims:stay_bill", args=[stay.uuid]), {}).status_code == 422

    def test_a_pasted_list_is_shown_before_it_is_taken(self, window, client):
        stay = _come(window)
        text = "费用类别\t医保等级\t金额\n床位费\t甲\t300\n西药费\t自费\t20\n"
        url = reverse("claims:stay_file", args=[stay.uuid])
        shown = client.post(url, {"text": text})
        assert (shown.context["shown"].costs.total, shown.context["shown"].problems) == (Decimal(320), [])
        assert not BillItem.objects.filter(admission=stay).exists()
        assert client.post(url, {"text": text, "take": "1"}).status_code == 302
        assert sum(item.amount for item in BillItem.objects.filter(admission=stay)) == 320

    def test_an_uploaded_list_with_faults_stays_on_the_page_to_be_mended(self, window, client):
        stay = _come(window)
        content = "费用类别,医保等级,金额\n床位费,甲,三百\n".encode("gb18030")
        file = SimpleUploadedFile("清单.csv", content)
        answer = client.post(reverse("claims:stay_file", args=[stay.uuid]), {"file": file, "take": "1"})
        assert "床位费\t甲\t三百" in answer.content.decode()
        assert [problem.place for problem in answer.context["shown"].problems] == ["第 2 行 · 金额"]

    def test_another_hospitals_stay_is_not_billed_here(self, window, client, county):
        stay = _come(window)
        Admission.objects.filter(pk=stay.pk).update(institution=a_hospital_at(county.county))
        assert client.get(reverse("claims:stay_bill", args=[stay.uuid])).status_code == 404
        assert "只能查看" in client.get(reverse("claims:stay", args=[stay.uuid])).content.decode()


class TestSettling:
    def test_preview_writes_nothing_and_names_every_payer(self, window, client):
        stay = _stay(window, 2000)
        page = client.get(reverse("claims:stay_settle", args=[stay.uuid]))
        view = page.context["view"]
        assert [line.label for line in view.lines] == ["基本医保", "大病保险", "商业补充保险", "救助基金"]
        assert sum(line.amount for line in view.lines) + view.patient == view.settled
        assert not Settlement.objects.exists()

    def test_two_presses_settle_once(self, window, client):
        stay = _stay(window, 2000)
        page = client.get(reverse("claims:stay_settle", args=[stay.uuid]))
        expected = page.context["form"].initial["expected"]
        for _press in range(2):
            _post(client, "stay_settle", stay, expected=expected)
        assert Settlement.objects.filter(admission=stay).count() == 1

    def test_what_changed_since_the_preview_is_shown_and_nothing_is_settled(self, window, client):
        stay = _stay(window, 2000)
        page = client.get(reverse("claims:stay_settle", args=[stay.uuid]))
        _settled(window, client, 900)
        earlier = _stay(window, 1500, days=3)
        _post(client, "stay_settle", earlier)
        expected = page.context["form"].initial["expected"]
        answer = client.post(reverse("claims:stay_settle", args=[stay.uuid]), {"expected": expected})
        assert answer.status_code == 409 and answer.context["changes"]
        assert not Settlement.objects.filter(admission=stay).exists()

    def test_screen_and_slip_show_the_same_figures(self, window, client):
        stay = _settled(window, client, 2000)
        standing = Settlement.objects.get(admission=stay)
        page = client.get(reverse("claims:stay", args=[stay.uuid])).context["shown"]
        assert page.decision.patient == standing.patient
        slip = client.get(reverse("claims:bill_slip", args=[standing.uuid]))
        statement = client.get(reverse("claims:bill_statement", args=[standing.uuid]))
        assert slip.content.startswith(b"%PDF") and statement.content.startswith(b"%PDF")
        assert AccessLog.objects.filter(purpose="settlement slip", user=window.clerk).count() == 1

    def test_a_correction_stands_beside_the_old_revision(self, window, client):
        stay = _settled(window, client, 2000)
        answer = _post(
            client, "stay_correct", stay, **{"western_drug-A-amount": "1500", "reason": "录错金额"}
        )
        kinds = [revision.settlement.kind for revision in answer.context["shown"].story.revisions]
        assert kinds == ["settled", "reversed", "corrected"]
        for revision in Settlement.objects.filter(admission=stay):
            slip = client.get(reverse("claims:bill_slip", args=[revision.uuid]))
            assert slip.content.startswith(b"%PDF"), revision.kind

    def test_a_correction_without_a_reason_is_refused(self, window, client):
        stay = _settled(window, client, 2000)
        answer = _post(client, "stay_correct", stay, **{"western_drug-A-amount": "1500"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])

    def test_later_bills_that_a_correction_moves_are_shown_with_it(self, window, client):
        first = _stay(window, 600, days=5)
        _post(client, "stay_settle", first)
        later = _settled(window, client, 2000)
        answer = _post(client, "stay_correct", first, **{"western_drug-A-amount": "900", "reason": "漏录"})
        assert [each.admission for each in answer.context["shown"].adjusted] == [later]
        again = client.get(reverse("claims:stay", args=[later.uuid])).context["shown"]
        assert again.story.revisions[-1].because_of == str(answer.context["shown"].standing)

    def test_a_reversed_settlement_opens_the_bill_again(self, window, client):
        stay = _settled(window, client, 2000)
        _post(client, "stay", stay, **{"reverse": "1", "reverse-reason": "重复登记"})
        stay.refresh_from_db()
        assert stay.state == "discharged"


class TestPaying:
    def test_a_payment_sent_twice_is_one_receipt_and_prints(self, window, client):
        stay = _settled(window, client, 2000)
        due = Settlement.objects.get(admission=stay).patient
        data = {
            "pay": "1",
            "pay-uuid": "0193f7a2-0000-7000-8000-000000000002",
            "pay-amount": f"{due}",
            "pay-way": "cash",
        }
        for _press in range(2):
            client.post(reverse("claims:stay", args=[stay.uuid]), data)
        receipt = Receipt.objects.get()
        stay.refresh_from_db()
        assert stay.state == "closed"
        assert client.get(reverse("claims:receipt", args=[receipt.uuid])).content.startswith(b"%PDF")

    def test_more_than_is_due_is_told_beside_the_amount(self, window, client):
        stay = _settled(window, client, 2000)
        data = {"pay": "1", "pay-uuid": "0193f7a2-0000-7000-8000-000000000003", "pay-way": "cash"}
        answer = _post(client, "stay", stay, **data, **{"pay-amount": "99999"})
        form = next(line["form"] for line in answer.context["acts"] if line["name"] == "pay")
        assert (answer.status_code, list(form.errors)) == (422, ["amount"])

    def test_instalments_make_what_is_due_to_the_fen(self, window, client):
        stay = _settled(window, client, 2000)
        due = Settlement.objects.get(admission=stay).patient
        data = {"instalments": "1", "instalments-terms": "3", "instalments-guarantor": "联合村村委会"}
        answer = _post(client, "stay", stay, **data, **{"instalments-first_on": _days_ago(-10).isoformat()})
        parts = answer.context["shown"].instalments
        assert len(parts) == 3 and sum(part["amount"] for part in parts) == due


class TestReading:
    def test_the_township_reads_the_bills_of_its_villages(self, window, client, signed_in, cast):
        _settled(window, client, 2000)
        page = signed_in(cast.township).get(reverse("claims:bills"))
        assert [bill.name for bill in page.context["bills"]] == [window.person.name]

    def test_low_bills_are_those_under_ninety_per_cent(self, window, client, signed_in, cast):
        _settled(window, client, 2000)
        reader = signed_in(cast.county)
        every = reader.get(reverse("claims:bills")).context["count"]
        low = reader.get(reverse("claims:bills"), {"low": "on"}).context["count"]
        assert (every, low) == (1, int(_is_low()))

    def test_a_sensitive_bill_is_not_there_for_the_village_affairs_office(
        self, window, client, signed_in, cast
    ):
        stay = _settled(window, client, 2000)
        Admission.objects.filter(pk=stay.pk).update(is_sensitive=True)
        reader = signed_in(cast.township_administration)
        assert reader.get(reverse("claims:bills")).context["count"] == 0
        assert reader.get(reverse("claims:bill", args=[stay.uuid])).status_code == 404


def _is_low() -> bool:
    settlement = Settlement.objects.get()
    return settlement.paid < Decimal("0.9") * settlement.total


class TestOutsidePayers:
    @pytest.fixture
    def window(self, county, cast):
        made = a_window(county, cast, EVERYTHING.replace(*COMMERCIAL_TOLD))
        a_practitioner(made.hospital, user=made.clerk)
        return made

    def test_what_a_payer_told_is_typed_with_the_bill_and_settled(self, window, client):
        stay = _come(window)
        page = client.get(reverse("claims:stay_bill", args=[stay.uuid]))
        assert [str(field.label) for field in page.context["form"].told()] == ["商业补充保险"]
        grid = {"western_drug-A-amount": "1000"}
        _post(client, "stay_bill", stay, **grid, **{"reported.commercial": "120.50"})
        _post(client, "stay_settle", stay)
        line = Settlement.objects.get(admission=stay).lines.get(payer="commercial")
        assert line.amount == Decimal("120.50")

    def test_an_unreadable_amount_is_told_beside_its_field_and_nothing_is_kept(self, window, client):
        stay = _come(window)
        data = {"western_drug-A-amount": "1000", "reported.commercial": "一百"}
        answer = client.post(reverse("claims:stay_bill", args=[stay.uuid]), data)
        assert answer.status_code == 422
        assert "reported.commercial" in answer.context["form"].errors
        assert 'value="一百"' in answer.content.decode()
        assert not BillItem.objects.filter(admission=stay).exists()

    def test_a_correction_takes_what_the_payer_told_later(self, window, client):
        stay = _settled(window, client, "1000")
        data = {"western_drug-A-amount": "1000", "reported.commercial": "80", "reason": "保险后报"}
        _post(client, "stay_correct", stay, **data)
        latest = Settlement.objects.filter(admission=stay).order_by("revision").last()
        assert latest.lines.get(payer="commercial").amount == Decimal(80)


def test_a_settled_stay_that_is_not_paid_says_that_payment_comes_next(window, client):
    stay = _settled(window, client, "1000")
    page = client.get(reverse("claims:stay", args=[stay.uuid]))
    assert page.context["shown"].stages[-1] == {"label": "付款", "state": "now"}
