"""Drafts, approval by a second person, the days in force, and what never changes afterwards."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import PolicyVersion
from claims.policy.shelf import text_of
from claims.queries.policies.checking import checked
from claims.queries.policies.versions import in_force, settled_by
from claims.services.policies import (
    accept_results,
    approve,
    discard_draft,
    retire,
    rewrite_draft,
    start_draft,
)
from claims.services.policies.rewriting import with_values
from core.accounts.roles import Role
from tests.factories.claims import (
    POLICY_TEXT,
    a_hospital_at,
    a_policy_document,
    a_settlement,
    an_admission,
)
from tests.factories.ground import a_user
from tests.factories.registry import a_household, a_person

DAY = date(2026, 3, 2)


@pytest.fixture
def second(county):
    return a_user(Role.COUNTY_STAFF, county.county)


@pytest.fixture
def document(county):
    return a_policy_document(county.county)


def beginning(first: date, text: str = POLICY_TEXT) -> str:
    return with_values(text, {("policy", "valid_from"): first})


@pytest.fixture
def standing(cast, second, document):
    """In force since 2019."""
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    return approve(version=draft, by=second, on=date(2018, 12, 20))


def test_a_draft_takes_code_and_days_from_its_text(cast):
    draft = start_draft(text=POLICY_TEXT, by=cast.county, on=DAY)
    assert (draft.code, draft.number, draft.period) == ("small", 1, DateRange(date(2019, 1, 1), None))


def test_the_next_draft_of_a_code_has_the_next_number(cast):
    numbers = [start_draft(text=POLICY_TEXT, by=cast.county, on=DAY).number for _again in range(2)]
    assert numbers == [1, 2]


def test_a_text_with_mistakes_is_kept_as_a_draft(cast):
    draft = start_draft(text='code = "half"\nrate =', by=cast.county, on=DAY)
    assert (draft.code, draft.period.lower) == ("half", DAY)
    assert checked(draft.text).problems


def test_line_ends_of_a_browser_make_no_other_text(cast):
    draft = start_draft(text=POLICY_TEXT.replace("\n", "\r\n"), by=cast.county, on=DAY)
    assert draft.text == POLICY_TEXT


def test_an_empty_text_is_refused(cast):
    with pytest.raises(ValidationError):
        start_draft(text=" \n", by=cast.county, on=DAY)


def test_another_mans_change_is_not_overwritten(cast, second):
    draft = start_draft(text=POLICY_TEXT, by=cast.county, on=DAY)
    seen = draft.sha256
    rewrite_draft(version=draft, text=POLICY_TEXT + "# one\n", by=second, seen=seen)
    with pytest.raises(ValidationError):
        rewrite_draft(version=draft, text=POLICY_TEXT + "# two\n", by=cast.county, seen=seen)


def test_a_second_person_approves(cast, second, document):
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    approved = approve(version=draft, by=second, on=DAY)
    assert (approved.state, approved.approved_by, approved.approved_on) == ("approved", second, DAY)


def test_nobody_approves_an_own_draft(cast, document):
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=cast.county, on=DAY)


def test_who_changed_a_draft_last_does_not_approve_it(cast, second, document):
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    rewrite_draft(version=draft, text=POLICY_TEXT + "# more\n", by=second)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)


def test_what_was_changed_after_reading_is_not_approved(cast, second, document):
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    seen = draft.sha256
    rewrite_draft(version=draft, text=POLICY_TEXT + "# more\n", by=cast.county)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY, seen=seen)


def test_a_draft_without_a_document_is_not_approved(cast, second):
    draft = start_draft(text=POLICY_TEXT, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)


def test_a_text_with_mistakes_is_not_approved(cast, second, document):
    wrong = POLICY_TEXT.replace("rate = 0.70", "rate = 1.2")
    draft = start_draft(text=wrong, document=document, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)


def test_a_policy_whose_case_gives_something_else_is_not_approved_until_the_case_is_changed(
    cast, second, document
):
    text = with_values(text_of("yuetang_2019"), {("layers", 4, "target"): Decimal("0.8")})
    draft = start_draft(text=text, document=document, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)
    accept_results(version=draft, by=cast.county)
    draft.refresh_from_db()
    assert approve(version=draft, by=second, on=DAY).state == "approved"


@pytest.mark.parametrize("role", ["doctor", "clerk", "township", "auditor"])
def test_other_roles_draft_nothing(cast, role):
    with pytest.raises(PermissionDenied):
        start_draft(text=POLICY_TEXT, by=getattr(cast, role), on=DAY)


def test_the_version_before_ends_on_the_first_day_of_the_next(cast, second, document, standing):
    draft = start_draft(text=beginning(date(2026, 7, 1)), document=document, by=cast.county, on=DAY)
    approve(version=draft, by=second, on=DAY)
    standing.refresh_from_db()
    assert standing.period == DateRange(date(2019, 1, 1), date(2026, 7, 1))
    county = standing.county_id
    assert in_force(county, date(2026, 6, 30)) == standing
    assert in_force(county, date(2026, 7, 1)) == draft


def test_two_versions_never_begin_on_one_day(cast, second, document, standing):
    draft = start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)


def test_a_version_does_not_reach_back_over_settled_bills(cast, second, document, standing, county):
    person = a_person(a_household(county.lianhe))
    stay = an_admission(person, a_hospital_at(county.county), cast.clerk)
    a_settlement(stay, standing, cast.clerk, decision={"on": "2026-03-09"})
    draft = start_draft(text=beginning(date(2026, 3, 9)), document=document, by=cast.county, on=DAY)
    with pytest.raises(ValidationError):
        approve(version=draft, by=second, on=DAY)
    later = rewrite_draft(version=draft, text=beginning(date(2026, 3, 10)), by=cast.county)
    assert approve(version=later, by=second, on=DAY).state == "approved"


def test_a_version_is_taken_out_of_force_with_a_reason(cast, standing):
    retired = retire(version=standing, reason="暂停试点", ends_on=DAY, by=cast.county, on=DAY)
    assert (retired.state, retired.period.upper) == ("retired", DAY)
    assert in_force(standing.county_id, DAY) is None


def test_no_reason_no_retirement(cast, standing):
    with pytest.raises(ValidationError):
        retire(version=standing, reason=" ", ends_on=DAY, by=cast.county, on=DAY)


def test_an_approved_text_is_never_edited(cast, standing):
    with pytest.raises(ValidationError):
        rewrite_draft(version=standing, text=POLICY_TEXT + "# more\n", by=cast.county)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=standing.pk).update(note="x", text="x", sha256="x")


def test_a_draft_is_thrown_away_an_approved_version_is_not(cast, standing):
    draft = start_draft(text=POLICY_TEXT, by=cast.county, on=DAY)
    discard_draft(version=draft, by=cast.county)
    assert not PolicyVersion.objects.filter(pk=draft.pk).exists()
    with pytest.raises(ValidationError):
        discard_draft(version=standing, by=cast.county)


def test_what_a_version_settled_is_summed(cast, standing, county):
    person = a_person(a_household(county.lianhe))
    stay = an_admission(person, a_hospital_at(county.county), cast.clerk)
    a_settlement(stay, standing, cast.clerk)
    settled = settled_by(standing, cast.county)
    assert (settled.bills, settled.total, settled.paid, settled.patient) == (1, 1000, 900, 100)


def test_a_version_that_has_not_begun_is_withdrawn_and_the_one_before_goes_on(
    cast, second, document, standing
):
    draft = start_draft(text=beginning(date(2026, 7, 1)), document=document, by=cast.county, on=DAY)
    coming = approve(version=draft, by=second, on=DAY)
    withdrawn = retire(version=coming, reason="数字有误", ends_on=date(2026, 7, 1), by=second, on=DAY)
    standing.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (withdrawn.state, withdrawn.period.isempty) == ("retired", True)
    assert standing.period == DateRange(date(2019, 1, 1), None)
    assert in_force(standing.county_id, date(2026, 7, 1)) == standing


def test_a_version_that_has_begun_is_not_withdrawn(cast, standing):
    with pytest.raises(ValidationError):
        retire(version=standing, reason="数字有误", ends_on=date(2019, 1, 1), by=cast.county, on=DAY)


def test_an_approved_version_never_loses_its_days_otherwise(standing):
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=standing.pk).update(period=DateRange(empty=True))
