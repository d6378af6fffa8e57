"""What payers owe: gathered once, claimed whole, answered line by line, and months that close."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from claims.forms.payables import read_list
from claims.models import Payable, PayableDifference
from claims.queries.payables.listed import claimed_bills, with_sums
from claims.services.payables.answering import Paid, clear_up, record_answer, record_full_payment
from claims.services.payables.assembling import assemble_payables
from claims.services.payables.claiming import claim, claim_month, close_month, refuse
from tests.factories.claims import a_hospital_at, a_reversal

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
IN_APRIL, IN_MAY = date(2026, 4, 2), date(2026, 5, 4)


def _assemble(money, on=IN_APRIL):
    return assemble_payables(county_id=money.county.county.pk, on=on)


def _sums():
    found = with_sums(Payable.objects.order_by("month", "payer"))
    return {(payable.payer, payable.month.month): payable.amount for payable in found}


def _march(money, payer="basic"):
    _assemble(money)
    return Payable.objects.get(payer=payer, month=MARCH)


def _claimed(money, **more):
    return claim(payable=_march(money), on=IN_APRIL, by=money.officer, **more)


def test_lines_are_gathered_by_payer_and_month(money):
    money.settled()
    money.settled(settled_on=date(2026, 4, 1))
    assert _assemble(money) == 4
    assert _sums() == {("basic", 3): 700, ("fund", 3): 200, ("basic", 4): 700, ("fund", 4): 200}


def test_gathering_again_adds_nothing(money):
    money.settled()
    _assemble(money)
    assert _assemble(money) == 0


def test_each_hospital_has_its_own_claim(money):
    money.settled()
    money.settled(at=a_hospital_at(money.county.county))
    _assemble(money)
    assert Payable.objects.filter(payer="basic").count() == 2


def test_a_reversal_counts_in_the_month_it_happens(money):
    settlement = money.settled()
    a_reversal(settlement, money.cast.clerk, settled_on=date(2026, 4, 1))
    _assemble(money)
    assert _sums() == {("basic", 3): 700, ("fund", 3): 200, ("basic", 4): -700, ("fund", 4): -200}


def test_what_the_hospital_waives_nobody_owes_it(money):
    money.settled(lines={"basic": 700, "hospital": 200})
    _assemble(money)
    assert set(_sums()) == {("basic", 3)}


def test_bills_of_later_days_wait(money):
    money.settled(settled_on=date(2026, 4, 20))
    assert _assemble(money) == 0


def test_a_claim_writes_down_its_sum(money):
    money.settled()
    claimed = _claimed(money)
    assert (claimed.state, claimed.claimed, claimed.claimed_on) == ("claimed", 700, IN_APRIL)


def test_a_month_is_not_claimed_before_it_is_over(money):
    money.settled()
    with pytest.raises(ValidationError, match="还没有结束"):
        claim(payable=_march(money), on=date(2026, 3, 31), by=money.officer)


def test_a_claim_goes_out_once(money):
    money.settled()
    claimed = _claimed(money)
    with pytest.raises(ValidationError, match="已"):
        claim(payable=claimed, on=IN_APRIL, by=money.officer)


def test_what_comes_late_counts_in_the_next_month(money):
    money.settled()
    _claimed(money)
    money.settled(settled_on=date(2026, 3, 31))
    _assemble(money)
    assert (_sums()["basic", 3], _sums()["basic", 4]) == (700, 700)


def test_a_late_bill_stays_in_its_month_while_that_is_not_claimed(money):
    money.settled()
    money.settled(settled_on=date(2026, 4, 1))
    _assemble(money, IN_MAY)
    claim(payable=Payable.objects.get(payer="basic", month=APRIL), on=IN_MAY, by=money.officer)
    money.settled(settled_on=date(2026, 3, 31))
    _assemble(money, IN_MAY)
    assert _sums()["basic", 3] == 1400


def test_everything_of_a_month_is_claimed_at_once(money):
    money.settled()
    assert claim_month(county=money.county.county, month=MARCH, on=IN_APRIL, by=money.officer) == 2
    assert set(Payable.objects.values_list("state", flat=True)) == {"claimed"}


def test_a_refused_claim_may_go_out_again(money):
    money.settled()
    refused = refuse(payable=_claimed(money), reason="缺发票", on=IN_APRIL, by=money.officer)
    assert (refused.state, refused.refuse_reason) == ("refused", "缺发票")
    again = claim(payable=refused, on=IN_MAY, by=money.officer)
    assert (again.state, again.claimed_on, again.refuse_reason) == ("claimed", IN_MAY, "")


def test_a_refusal_says_why(money):
    money.settled()
    with pytest.raises(ValidationError, match="理由"):
        refuse(payable=_claimed(money), reason=" ", on=IN_APRIL, by=money.officer)


def test_paid_in_full_leaves_no_difference(money):
    money.settled()
    paid = record_full_payment(payable=_claimed(money), on=IN_MAY, by=money.officer)
    assert (paid.state, paid.received, paid.answered_on) == ("paid", 700, IN_MAY)
    assert not PayableDifference.objects.exists()


def test_every_kind_of_difference_is_named(money):
    less, more, unknown = (money.settled() for _each in range(3))
    claimed = _claimed(money)
    paid = [
        Paid(f"{less.number}-1", Decimal(600)),
        Paid(f"{more.number}-1", Decimal(650)),
        Paid(f"{more.number}-1", Decimal(150)),
        Paid("430304202600000-1", Decimal(50)),
    ]
    found = record_answer(payable=claimed, paid=paid, on=IN_MAY, by=money.officer)
    assert {(each.kind, each.reference, each.ours, each.theirs) for each in found} == {
        ("paid_less", f"{less.number}-1", 700, 600),
        ("paid_more", f"{more.number}-1", 700, 800),
        ("not_known", f"{unknown.number}-1", 700, None),
        ("not_ours", "430304202600000-1", None, 50),
    }
    claimed.refresh_from_db()
    assert (claimed.state, claimed.received) == ("paid", 1450)


def test_an_answer_is_not_older_than_its_claim(money):
    money.settled()
    claimed = _claimed(money)
    with pytest.raises(ValidationError, match="早于"):
        record_full_payment(payable=claimed, on=date(2026, 4, 1), by=money.officer)


def test_an_answer_needs_a_claim(money):
    money.settled()
    with pytest.raises(ValidationError, match="请先申报"):
        record_full_payment(payable=_march(money), on=IN_MAY, by=money.officer)


def test_a_difference_is_cleared_up_once_and_with_words(money):
    settlement = money.settled()
    paid = [Paid(f"{settlement.number}-1", Decimal(600))]
    (difference,) = record_answer(payable=_claimed(money), paid=paid, on=IN_MAY, by=money.officer)
    with pytest.raises(ValidationError, match="如何处理"):
        clear_up(difference=difference, resolution="", on=IN_MAY, by=money.officer)
    cleared = clear_up(difference=difference, resolution="下月补拨", on=IN_MAY, by=money.officer)
    assert (cleared.resolved_on, cleared.resolved_by) == (IN_MAY, money.officer)
    with pytest.raises(ValidationError, match="已"):
        clear_up(difference=difference, resolution="再说", on=IN_MAY, by=money.officer)


def test_a_month_closes_when_its_claims_are_out(money):
    money.settled()
    _assemble(money)
    with pytest.raises(ValidationError, match="2 笔"):
        close_month(county=money.county.county, month=MARCH, on=IN_APRIL, by=money.officer)
    claim_month(county=money.county.county, month=MARCH, on=IN_APRIL, by=money.officer)
    closed = close_month(county=money.county.county, month=MARCH, on=IN_APRIL, by=money.officer)
    assert closed.month == MARCH
    with pytest.raises(ValidationError, match="已经关账"):
        close_month(county=money.county.county, month=MARCH, on=IN_APRIL, by=money.officer)


def test_a_month_does_not_close_before_it_is_over(money):
    with pytest.raises(ValidationError, match="还没有结束"):
        close_month(county=money.county.county, month=APRIL, on=IN_APRIL, by=money.officer)


def test_a_sensitive_bill_is_claimed_without_a_name(money):
    settlement = money.settled()
    type(settlement.admission).objects.filter(pk=settlement.admission_id).update(is_sensitive=True)
    payable = _march(money)
    (seen,) = claimed_bills(payable, sees_sensitive=False)
    assert (seen.name, seen.id_masked, seen.stay, seen.amount) == ("", "", None, 700)
    assert claimed_bills(payable, sees_sensitive=True)[0].name == money.person.name


@pytest.mark.parametrize("who", ["auditor", "clerk", "township"])
def test_only_the_county_claims(money, who):
    money.settled()
    with pytest.raises(PermissionDenied):
        claim(payable=_march(money), on=IN_APRIL, by=getattr(money.cast, who))


def test_a_reason_of_the_payer_is_kept_with_its_difference(money):
    less = money.settled()
    paid = [
        Paid(f"{less.number}-1", Decimal(600), "超限价扣减"),
        Paid(f"{less.number}-1", Decimal(50), "补付"),
    ]
    (found,) = record_answer(payable=_claimed(money), paid=paid, on=IN_MAY, by=money.officer)
    assert (found.kind, found.theirs, found.reason) == ("paid_less", 650, "超限价扣减；补付")


def test_a_list_s_column_of_reasons_is_read(money):
    text = "结算单号,拨付金额,扣减原因\n430304-202603-00001-1,600.00,超限价\n"
    assert read_list(text.encode()) == [Paid("430304-202603-00001-1", Decimal("600.00"), "超限价")]


class TestPaidInPart:
    def test_less_than_claimed_needs_the_payer_s_reason_and_nothing_is_kept(self, money, signed_in):
        money.settled()
        payable, data = _claimed(money), {"on": "2026-05-05"}
        page = signed_in(money.officer).post(*_partly(payable, **data, paid="600.00"))
        assert page.status_code == 422
        assert 'value="600.00"' in page.content.decode()
        payable.refresh_from_db()
        assert payable.state == "claimed"

    def test_it_becomes_a_difference_with_its_reason(self, money, signed_in):
        money.settled()
        payable = _claimed(money)
        data = {"on": "2026-05-05", "paid": "600.00", "reason": "超限价"}
        assert signed_in(money.officer).post(*_partly(payable, **data)).status_code == 302
        (found,) = PayableDifference.objects.filter(payable=payable)
        assert (found.ours, found.theirs, found.reason) == (700, 600, "超限价")


def _partly(payable, *, on, paid, reason=""):
    (bill,) = claimed_bills(payable, sees_sensitive=True)
    data = {"on": on, f"paid-{bill.line_id}": paid, f"reason-{bill.line_id}": reason}
    return reverse("claims:payable_partial", args=[payable.pk]), data
