"""Zero mark-up: what a clinic paid for a drug and what it asks, found at a visit."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.base.listing import listing
from healthaid.outreach.models import PriceCheck
from healthaid.outreach.queries.prices import checks_of, read_prices
from healthaid.outreach.services.prices import Price, record_prices
from tests.factories.ground import an_institution
from tests.factories.outreach import HELD, a_price

ASPIRIN = Price("阿司匹林肠溶片", "100mg×30片", Decimal("9.60"), Decimal("9.60"))
DEAR = Price("二甲双胍片", "0.25g×48片", Decimal("3.85"), Decimal("4.40"))


@pytest.fixture
def clinic(county):
    return an_institution(county.lianhe)


def recorded(clinic, by, *prices, on=HELD):
    return record_prices(institution=clinic, prices=list(prices), by=by, on=on)


def test_a_check_says_how_many_drugs_are_marked_up_and_names_them_first(clinic, cast):
    assert recorded(clinic, cast.township, ASPIRIN, DEAR) == 1
    (check,) = checks_of(clinic)
    assert (check.marked_up, check.prices[0].drug) == (1, DEAR.drug)


def test_the_latest_check_stands_first(clinic, cast):
    recorded(clinic, cast.township, ASPIRIN)
    recorded(clinic, cast.county, DEAR, on=date(2026, 4, 1))
    assert [check.on for check in checks_of(clinic)] == [date(2026, 4, 1), HELD]


def test_a_drug_noted_again_on_the_day_takes_the_new_price(clinic, cast):
    recorded(clinic, cast.township, DEAR)
    recorded(clinic, cast.township, Price(DEAR.drug, DEAR.pack, DEAR.paid, DEAR.paid))
    assert PriceCheck.objects.get().asked == DEAR.paid


@pytest.mark.parametrize("prices", [[], [ASPIRIN, ASPIRIN]], ids=["none", "twice"])
def test_nothing_and_the_same_drug_twice_are_refused(clinic, cast, prices):
    with pytest.raises(ValidationError):
        recorded(clinic, cast.township, *prices)


@pytest.mark.parametrize("who", ["doctor", "auditor", "stranger"])
def test_only_officers_check(clinic, cast, who):
    with pytest.raises(PermissionDenied):
        recorded(clinic, getattr(cast, who), ASPIRIN)


class TestTable:
    def test_rows_above_the_first_prices_are_its_heading(self):
        told = read_prices(
            "某某卫生室\n药品,规格,进价,售价\n阿司匹林,100mg,9.60,9.6元\n\n卡托普利,,5,5.40\n".encode()
        )
        assert told.problems == []
        assert told.rows == [
            ("阿司匹林", "100mg", Decimal("9.60"), Decimal("9.60")),
            ("卡托普利", "", Decimal("5.00"), Decimal("5.40")),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "药品,规格,进价,售价\n",
            "阿司匹林,1,9.60,免费\n",
            ",1,9.60,9.60\n",
            "%PDF-1.4",
            "阿司匹林,1,9.60,-1\n",
        ],
    )
    def test_what_cannot_be_read_is_said(self, text):
        assert len(read_prices(text.encode()).problems) == 1

    def test_a_workbook_is_read(self, clinic, cast, signed_in):
        content = listing(
            title="价格", watermark="", headings=["药品", "规格", "进价", "售价"],
            rows=[["阿司匹林", "100mg", Decimal("9.6"), Decimal("9.6")]], sheet="表", widths=[10] * 4,
        )  # fmt: skip
        sent = {"checked_on": "2026-03-02", "table": SimpleUploadedFile("p.xlsx", content)}
        answer = signed_in(cast.township).post(reverse("outreach:clinic_prices", args=[clinic.pk]), sent)
        assert answer.status_code == 302 and PriceCheck.objects.get().drug == "阿司匹林"


class TestPage:
    def test_typed_rows_are_kept_and_empty_ones_left_out(self, clinic, cast, signed_in):
        url = reverse("outreach:clinic_prices", args=[clinic.pk])
        sent = {"checked_on": "2026-03-02", "drug_1": "阿司匹林", "paid_1": "9.60", "asked_1": "10.00"}
        page = signed_in(cast.township).post(url, sent, follow=True).content.decode()
        assert "1种药品加价" in page and PriceCheck.objects.count() == 1

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ({"drug_1": "阿司匹林", "paid_1": "9.60"}, "asked_1"),
            ({"paid_1": "9.60", "asked_1": "9.60"}, "drug_1"),
            ({"drug_1": "阿司匹林", "paid_1": "x", "asked_1": "9.60"}, "paid_1"),
        ],
    )
    def test_half_a_row_is_asked_for_and_nothing_is_lost(self, clinic, cast, signed_in, row, field):
        url = reverse("outreach:clinic_prices", args=[clinic.pk])
        answer = signed_in(cast.township).post(url, {"checked_on": "2026-03-02", **row})
        form = answer.context["form"]
        assert answer.status_code == 422 and list(form.errors) == [field]
        assert all(f'value="{value}"' in answer.content.decode() for value in row.values())

    def test_an_auditor_reads_and_notes_nothing(self, clinic, cast, signed_in):
        a_price(clinic, cast.county)
        client, url = signed_in(cast.auditor), reverse("outreach:clinic_prices", args=[clinic.pk])
        assert "零差率" in client.get(url).content.decode()
        assert client.post(url, {}).status_code == 403

    def test_a_hospital_has_no_such_page(self, county, cast, signed_in):
        hospital = an_institution(county.county, "county_hospital")
        url = reverse("outreach:clinic_prices", args=[hospital.pk])
        assert signed_in(cast.county).get(url).status_code == 404
