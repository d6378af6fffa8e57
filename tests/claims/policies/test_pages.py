"""The pages of the rules: numbers on a form, text checked while it is typed, approval, documents."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import PolicyDocument, PolicyVersion
from claims.policy.reading import read_policy
from claims.policy.shelf import codes, library_policy
from claims.presenters.policies.changes import changed_layers
from claims.presenters.policies.words import said_policy
from claims.services.policies import start_draft
from core.accounts.roles import Role
from tests.factories.claims import POLICY_TEXT, a_policy_document, an_approved_policy
from tests.factories.ground import a_user

DAY = date(2026, 3, 2)
RATE, TARGET = "layers-0-rate", "layers-1-target"


@pytest.fixture
def second(county):
    return a_user(Role.COUNTY_STAFF, county.county)


@pytest.fixture
def draft(county, cast):
    document = a_policy_document(county.county)
    return start_draft(text=POLICY_TEXT, document=document, by=cast.county, on=DAY)


def numbers(draft, **typed):
    """The form as it is shown, with some fields typed over."""
    return {
        "seen": draft.sha256,
        "document": draft.document_id or "",
        "note": "",
        "valid_from": "2019-01-01",
        RATE: "70",
        TARGET: "90",
        **typed,
    }


def sent(client, draft, **typed):
    return client.post(reverse("claims:policy_numbers", args=[draft.pk]), numbers(draft, **typed))


def test_a_rate_is_changed_by_the_form(draft, cast, signed_in):
    assert sent(signed_in(cast.county), draft, **{TARGET: "92"}).status_code == 302
    draft.refresh_from_db()
    assert draft.text == POLICY_TEXT.replace("target = 0.90", "target = 0.92")


@pytest.mark.parametrize("typed", ["1.2", "120", "-5", "many", ""])
def test_a_rate_that_cannot_be_is_told_beside_its_field(draft, cast, signed_in, typed):
    page = sent(signed_in(cast.county), draft, **{RATE: typed, TARGET: "92"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [RATE]
    assert page.context["form"][TARGET].value() == "92"


def test_what_the_policy_as_a_whole_refuses_is_told_beside_the_number(county, cast, signed_in):
    """Edges of bands have to rise."""
    text = POLICY_TEXT.replace('kind = "rate"', 'kind = "bands"').replace(
        "rate = 0.70", "bands = [{ upto = 1000, rate = 0.5 }, { upto = 2000, rate = 0.6 }, { rate = 0.7 }]"
    )
    draft = start_draft(text=text, by=cast.county, on=DAY)
    typed = {f"layers-0-bands-{n}-rate": str(50 + 10 * n) for n in range(3)}
    typed |= {"layers-0-bands-0-upto": "3,000", "layers-0-bands-1-upto": "2000"}
    page = sent(signed_in(cast.county), draft, **typed)
    assert page.status_code == 422
    assert page.context["form"].errors


def test_a_ceiling_is_added_and_taken_out(draft, cast, signed_in):
    client = signed_in(cast.county)
    sent(client, draft, **{"layers-0-ceiling_year": "30000"})
    draft.refresh_from_db()
    assert read_policy(draft.text).layers[0].ceiling_year == {"other": 30000}
    sent(client, draft, **{"layers-0-ceiling_year": ""})
    draft.refresh_from_db()
    assert draft.text == POLICY_TEXT


def test_two_officers_at_once_lose_nothing(draft, cast, second, signed_in):
    seen = numbers(draft, **{TARGET: "95"})
    sent(signed_in(second), draft, **{TARGET: "92"})
    page = signed_in(cast.county).post(reverse("claims:policy_numbers", args=[draft.pk]), seen)
    assert page.status_code == 422
    assert page.context["form"][TARGET].value() == "95"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            POLICY_TEXT.replace("rate = 0.70", "rate = 1.2"),
            POLICY_TEXT[: POLICY_TEXT.index("rate = ")].count("\n") + 1,
        ),
        ("rate = ", 1),
    ],
)
def test_the_text_is_checked_while_it_is_typed(cast, signed_in, text, line):
    page = signed_in(cast.county).post(reverse("claims:policy_check"), {"text": text})
    assert f'data-line="{line}"' in page.content.decode()


def test_checking_writes_nothing(cast, signed_in):
    signed_in(cast.county).post(reverse("claims:policy_check"), {"text": POLICY_TEXT})
    assert not PolicyVersion.objects.exists()


def test_a_half_finished_text_is_kept(draft, cast, signed_in):
    typed = {"text": "code = \r\n", "seen": draft.sha256, "note": "half", "document": draft.document_id}
    signed_in(cast.county).post(reverse("claims:policy_text", args=[draft.pk]), typed)
    draft.refresh_from_db()
    assert (draft.text, draft.note) == ("code = \n", "half")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "page", ["policy", "policy_numbers", "policy_text", "policy_compare", "policy_approve"]
)
def test_every_page_of_a_draft_opens(draft, cast, second, signed_in, page, language):
    an_approved_policy(draft.county, cast.county, second, number=90)
    client = signed_in(cast.county, HTTP_ACCEPT_LANGUAGE=language)
    assert client.get(reverse(f"claims:{page}", args=[draft.pk])).status_code == 200


@pytest.mark.parametrize("source", ["library-yuetang_2019", "library-xian_550_2017"])
def test_a_draft_begins_in_the_library(cast, signed_in, source):
    answer = signed_in(cast.county).post(reverse("claims:policy_new"), {"source": source})
    draft = PolicyVersion.objects.get()
    assert answer["Location"] == reverse("claims:policy_numbers", args=[draft.pk])
    assert source.endswith(draft.code)


def test_a_draft_begins_with_the_version_in_force(draft, cast, second, signed_in):
    standing = an_approved_policy(draft.county, cast.county, second, number=90)
    signed_in(cast.county).post(reverse("claims:policy_new"), {"source": f"version-{standing.pk}"})
    assert PolicyVersion.objects.latest("pk").based_on == standing


def test_the_second_officer_approves_what_was_read(draft, second, signed_in):
    url = reverse("claims:policy_approve", args=[draft.pk])
    assert signed_in(second).post(url, {"seen": draft.sha256}).status_code == 422
    assert signed_in(second).post(url, {"seen": draft.sha256, "read": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_the_drafter_is_told_that_a_second_person_is_needed(draft, cast, signed_in):
    url = reverse("claims:policy_approve", args=[draft.pk])
    page = signed_in(cast.county).post(url, {"seen": draft.sha256, "read": "on"})
    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_approved_version_leads_back_to_its_page(county, cast, second, signed_in):
    standing = an_approved_policy(county.county, cast.county, second)
    for page in ("policy_numbers", "policy_text"):
        answer = signed_in(cast.county).get(reverse(f"claims:{page}", args=[standing.pk]))
        assert answer["Location"] == reverse("claims:policy", args=[standing.pk])


def test_a_document_is_kept_with_its_scan(county, cast, signed_in):
    typed = {
        "number": "岳卫发〔2026〕1号",
        "title": "办法",
        "issuer": "卫健局",
        "issued_on": "2026-01-05",
        "valid_from": "2026-02-01",
        "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF"),
    }
    client = signed_in(cast.county)
    assert client.post(reverse("claims:policy_document_new"), typed).status_code == 302
    kept = PolicyDocument.objects.get()
    file = client.get(reverse("claims:policy_document_file", args=[kept.pk]))
    assert (file["Content-Type"], file.content) == ("application/pdf", b"%PDF-1.4 %%EOF")


def test_a_number_is_kept_once(county, cast, signed_in):
    kept = a_policy_document(county.county)
    typed = {
        "number": kept.number,
        "title": "办法",
        "issuer": "卫健局",
        "issued_on": "2026-01-05",
        "valid_from": "2026-02-01",
    }
    page = signed_in(cast.county).post(reverse("claims:policy_document_new"), typed)
    assert "number" in page.context["form"].errors


@pytest.mark.parametrize("code", codes())
def test_every_policy_of_the_library_is_said_in_words(code):
    layers = said_policy(library_policy(code))
    assert layers
    assert all(line.words for layer in layers for line in layer.said)


def test_a_changed_number_is_told_by_its_layer():
    after = read_policy(POLICY_TEXT.replace("target = 0.90", "target = 0.92"))
    (layer,) = changed_layers(read_policy(POLICY_TEXT), after)
    assert [(change.before, change.after) for change in layer.changes] == [("90 %", "92 %")]


def test_the_same_policy_has_no_changes():
    assert changed_layers(read_policy(POLICY_TEXT), read_policy(POLICY_TEXT)) == []
