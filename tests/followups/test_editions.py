"""A new edition of a form is a new file: later visits use it, earlier ones keep the paper they were written on."""

from datetime import date

import pytest
from django.urls import reverse

from followups.models import Visit
from followups.protocols import library
from followups.protocols.twin import browser_rules
from followups.services.visits import amend_visit, record_visit
from tests.factories.followups import TODAY, a_body
from tests.factories.registry import a_condition, a_household, a_person

CHANGE = date(2026, 11, 10)


@pytest.fixture
def second_edition(tmp_path, monkeypatch):
    """A library with an edition of 2026 that says waist for 其他体征 and no longer asks for the heart rate."""
    for path in library.LIBRARY.rglob("*.toml"):
        copy = tmp_path / path.relative_to(library.LIBRARY)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    first = tmp_path / "hypertension_2017.toml"
    text = first.read_text(encoding="utf-8")
    second = text.replace('edition = "2017"', 'edition = "2026"', 1)
    second = second.replace("valid_from = 2017-02-28", f"valid_from = {CHANGE}", 1)
    second = second.replace('title = { zh = "高血压', 'title = { zh = "新版高血压', 1)
    second = second.replace('"signs_other"', '"waist"', 1)
    second += '\n[[fields]]\ncode = "waist"\ntype = "number"\nlabel = { zh = "腰围", en = "Waist" }\nminimum = 40\nmaximum = 180\n'
    (tmp_path / "hypertension_2026.toml").write_text(second, encoding="utf-8")
    first.write_text(text.replace("valid_from", f"valid_to = {CHANGE}\nvalid_from", 1), encoding="utf-8")
    monkeypatch.setattr(library, "LIBRARY", tmp_path)
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    library._loaded.cache_clear()
    browser_rules.cache_clear()


@pytest.fixture
def patient(county):
    person = a_person(a_household(county.lianhe))
    a_condition(person)
    return person


@pytest.fixture
def record(cast, patient):
    def send(day, **answers):
        body = a_body(patient, visited_on=day, answers=answers)
        return record_visit(body=body, by=cast.doctor, received_on=TODAY)

    return send


def test_the_day_of_the_visit_chooses_the_edition(second_edition, record):
    record("2026-11-09", signs_other="无")
    record("2026-11-10", waist=88)
    assert list(Visit.objects.order_by("visited_on").values_list("edition", flat=True)) == ["2017", "2026"]


def test_a_field_of_the_other_edition_is_refused(second_edition, record):
    assert [p.field for p in record("2026-11-09", waist=88).problems] == ["waist"]
    assert [p.field for p in record("2026-11-10", signs_other="无").problems] == ["signs_other"]


def test_a_correction_stays_on_the_paper_of_its_predecessor_even_across_the_change(
    second_edition, record, cast
):
    old = record("2026-11-09", signs_other="无").visit
    found = old.answers | {"visit_date": "2026-11-11", "signs_other": "下肢轻度水肿"}
    receipt = amend_visit(supersedes=old.pk, answers=found, reason="日期写错", by=cast.doctor, on=TODAY)
    assert receipt.status == "accepted", receipt.problems
    kept = Visit.objects.get(pk=receipt.visit.pk)
    assert (kept.edition, kept.visited_on, kept.answers["signs_other"]) == (
        "2017",
        date(2026, 11, 11),
        "下肢轻度水肿",
    )


def test_an_old_visit_is_shown_by_its_own_edition(second_edition, record, cast, client):
    old, new = record("2026-11-09", signs_other="颈动脉杂音").visit, record("2026-11-11", waist=88).visit
    client.force_login(cast.doctor)
    pages = [client.get(reverse("followups:visit", args=[visit.pk])).content.decode() for visit in (old, new)]
    assert "颈动脉杂音" in pages[0] and "新版高血压" not in pages[0]
    assert "新版高血压" in pages[1] and "腰围" in pages[1]


def test_the_sheet_of_a_correction_is_that_of_the_old_edition(second_edition, record, cast, client):
    old = record("2026-11-09", signs_other="无").visit
    client.force_login(cast.doctor)
    page = client.get(reverse("followups:visit_amend", args=[old.pk])).content.decode()
    assert 'name="signs_other"' in page and 'name="waist"' not in page


def test_two_editions_may_not_hold_on_the_same_day(second_edition, tmp_path):
    first = tmp_path / "hypertension_2017.toml"
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace(f"valid_to = {CHANGE}\n", ""), encoding="utf-8")
    forget()
    with pytest.raises(library.ProtocolError, match="overlaps hypertension_2026"):
        library.editions()
