"""A register file becomes a preview, and the preview becomes the register."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from households.models import (
    Enrolment,
    Household,
    HouseholdStatus,
    Identity,
    ImportRow,
    Person,
    RegisterImport,
)
from households.services import imports
from tests.factories.ground import Cast, County
from tests.factories.registers import HEADERS, csv_register, household, id_number
from tests.households.imports.conftest import DAY, TODAY, contents, events

Upload = Callable[..., RegisterImport]


def verdicts(found: RegisterImport, kind: str = "person") -> dict[str, int]:
    return dict(found.counts[kind])


def test_a_first_import_registers_households_and_members(
    county: County, cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = [*household(1), *household(2)]
    found = upload(rows, by=cast.county)
    assert (found.state, found.problem) == ("previewed", {})
    assert (verdicts(found), verdicts(found, "household")) == ({"new": 6}, {"new": 2})
    assert Household.objects.count() == 0
    done = apply_import(found, by=cast.county)
    assert (done.state, done.problem) == ("applied", {})
    first = Household.objects.get(register_no="0000000001")
    assert (first.village, first.county, first.standing) == (county.qingshui, county.county, "lifted")
    assert (first.income_per_head, first.main_cause, first.phone) == (
        Decimal("9800.50"),
        "illness",
        "13900000000",
    )
    head = first.members.get(relation="02")
    assert (head.id_number, head.village_id) == (rows[0]["证件号码"], county.qingshui.pk)
    assert (head.name, head.name_pinyin[:1], head.ethnicity) == (
        rows[0]["姓名"],
        head.name_initials[:1],
        "汉族",
    )
    assert HouseholdStatus.objects.filter(household=first, standing="lifted", period__contains=DAY).exists()
    assert Enrolment.objects.filter(scheme="critical", year=2020, is_enrolled=True).count() == 6


def test_the_same_file_again_changes_nothing(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    rows = [*household(1), *household(2)]
    apply_import(upload(rows, by=cast.county), by=cast.county)
    before, history = contents(), events()
    again = upload(rows, by=cast.county)
    assert verdicts(again) == {"same": 6}
    assert verdicts(again, "household") == {"same": 2}
    assert (contents(), events()) == (before, history)


def test_a_change_is_shown_field_by_field_and_touches_only_its_row(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = [*household(1), *household(2)]
    apply_import(upload(rows, by=cast.county), by=cast.county)
    history = events()
    rows[1] = {**rows[1], "文化程度": "高中", "人联系电话": "13812345678"}
    for row in rows[3:]:
        row["人均纯收入(元)"] = "12000"
    found = upload(rows, by=cast.county)
    assert verdicts(found) == {"same": 5, "changed": 1}
    assert verdicts(found, "household") == {"same": 1, "changed": 1}
    changes = {
        c["field"]: (c["old"], c["new"]) for c in found.rows.get(kind="person", verdict="changed").changes
    }
    assert changes == {"education": ("初中", "高中"), "phone_index": ("", "138****5678")}
    apply_import(found, by=cast.county)
    assert Person.objects.get(person_no=rows[1]["人编号"]).phone == "13812345678"
    assert events() == history + 2


def test_standing_changes_close_one_period_and_open_the_next(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county, day=date(2020, 6, 1))
    for row in rows:
        row |= {"易返贫致贫户(监测对象)类型": "脱贫不稳定户", "风险是否消除": "未消除"}
    apply_import(upload(rows, by=cast.county), by=cast.county, day=DAY)
    periods = [
        (s.standing, s.monitored_kind, s.period.upper) for s in HouseholdStatus.objects.order_by("period")
    ]
    assert periods == [("lifted", "", DAY), ("monitored", "unstable", None)]
    assert Household.objects.get().standing == "monitored"


def test_an_effective_date_before_later_history_is_refused_with_that_date(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county, day=DAY)
    for row in rows:
        row["脱贫属性"] = "返贫"
    found = apply_import(upload(rows, by=cast.county), by=cast.county, day=date(2019, 1, 1))
    assert (found.state, found.problem["code"]) == ("previewed", "effective_too_early")
    assert found.problem["values"]["day"] == "2020-11-30"


def test_identities_open_and_close_with_the_date(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    headers = [*HEADERS, "享受低保/特困政策情况"]
    rows = [{**row, headers[-1]: "低保"} for row in household(1)]
    apply_import(upload(csv_register(rows, headers), by=cast.county), by=cast.county, day=date(2020, 6, 1))
    assert Identity.objects.filter(kind="subsistence", period__endswith=None).count() == 3
    rows[1][headers[-1]] = "无"
    apply_import(upload(csv_register(rows, headers), by=cast.county), by=cast.county, day=DAY)
    closed = Identity.objects.get(period__endswith=DAY)
    assert closed.person.person_no == rows[1]["人编号"]


def test_the_gone_are_listed_and_leave_only_with_a_reason(
    county: County, cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    apply_import(upload([*household(1), *household(2), *household(3)], by=cast.county), by=cast.county)
    found = upload([*household(1, size=2), *household(2)], by=cast.county)
    assert verdicts(found) == {"same": 5, "gone": 4}
    assert verdicts(found, "household") == {"same": 2, "gone": 1}
    member = found.rows.get(kind="person", verdict="gone", household_no="0000000001")
    imports.set_left_reasons(register_import=found, reasons={member.pk: "died"}, by=cast.county)
    apply_import(found, by=cast.county)
    left = Person.objects.get(pk=member.person_id)
    assert (left.left_on, left.left_reason) == (DAY, "died")
    assert Household.objects.get(register_no="0000000003").left_on is None
    again = upload([*household(1, size=2), *household(2)], by=cast.county)
    assert verdicts(again) == {"same": 5, "gone": 3}
    gone = again.rows.get(kind="household", verdict="gone")
    imports.set_left_reasons(register_import=again, reasons={gone.pk: "moved"}, by=cast.county)
    apply_import(again, by=cast.county)
    third = Household.objects.get(register_no="0000000003")
    assert (third.left_reason, third.standing) == ("moved", "removed")
    assert set(third.members.values_list("left_reason", flat=True)) == {"moved"}


def test_someone_who_left_and_is_in_the_file_again_comes_back(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    apply_import(upload(household(1), by=cast.county), by=cast.county)
    found = upload(household(1, size=2), by=cast.county)
    imports.set_left_reasons(register_import=found, reasons={}, rest="moved", by=cast.county)
    apply_import(found, by=cast.county)
    back = upload(household(1), by=cast.county)
    assert verdicts(back) == {"same": 2, "changed": 1}
    apply_import(back, by=cast.county)
    assert not Person.objects.exclude(left_on=None).exists()


def test_a_new_head_waits_until_the_old_one_is_accounted_for(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county)
    rest = [{**row, "人数": "2"} for row in rows[1:]]
    rest[0]["与户主关系"] = "户主"
    found = apply_import(upload(rest, by=cast.county), by=cast.county)
    assert (found.state, found.problem["code"]) == ("previewed", "head_undecided")
    imports.set_left_reasons(register_import=found, reasons={}, rest="died", by=cast.county)
    assert apply_import(found, by=cast.county).state == "applied"


def test_heads_can_change_places(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county)
    rows[0]["与户主关系"], rows[1]["与户主关系"] = "配偶", "户主"
    done = apply_import(upload(rows, by=cast.county), by=cast.county)
    assert (done.state, done.problem) == ("applied", {})
    assert Person.objects.get(relation="02").person_no == rows[1]["人编号"]


def test_a_person_moves_to_another_household(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    one, two = household(1), household(2)
    apply_import(upload([*one, *two], by=cast.county), by=cast.county)
    moved = {**one[2], "户编号": "0000000002", "人编号": "000000000204", "与户主关系": "其他", "人数": "4"}
    rows = [*({**r, "人数": "2"} for r in one[:2]), *({**r, "人数": "4"} for r in two), moved]
    found = upload(rows, by=cast.county)
    assert verdicts(found) == {"same": 5, "changed": 1}
    changes = found.rows.get(kind="person", verdict="changed").changes
    assert {"field": "household_no", "old": "0000000001", "new": "0000000002"} in changes
    apply_import(found, by=cast.county)
    assert Household.objects.get(register_no="0000000002").members.count() == 4


def test_a_household_keeps_its_identity_when_its_number_changes(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county)
    for row in rows:
        row["户编号"] = "0000009999"
    found = upload(rows, by=cast.county)
    assert verdicts(found, "household") == {"changed": 1}
    apply_import(found, by=cast.county)
    assert Household.objects.get().former_numbers == ["0000000001"]
    old = upload(household(1), by=cast.county)
    assert verdicts(old, "household") == {"same": 1}


def test_traditional_and_simplified_names_are_one_person(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    rows[0]["姓名"] = "陈铁光"
    apply_import(upload(rows, by=cast.county), by=cast.county)
    rows[0]["姓名"] = "陳鐵光"
    assert verdicts(upload(rows, by=cast.county)) == {"same": 3}


def test_a_person_known_by_name_and_birth_date_only_is_asked_about(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    headers = [*HEADERS, "性别", "出生日期"]
    rows = household(1)
    rows[2] |= {"证件号码": "", "人编号": "", "性别": "男", "出生日期": "2020-01-05"}
    apply_import(upload(csv_register(rows, headers), by=cast.county), by=cast.county)
    child = Person.objects.get(id_index=None)
    assert child.no_id_reason
    rows[2] |= {"证件号码": id_number(5, born=date(2020, 1, 5)), "出生日期": ""}
    found = upload(csv_register(rows, headers), by=cast.county)
    assert verdicts(found) == {"same": 2, "ask": 1}
    row = found.rows.get(verdict="ask")
    assert row.person_id == child.pk
    imports.decide_rows(register_import=found, answers={row.pk: "same"}, by=cast.county)
    apply_import(found, by=cast.county)
    child.refresh_from_db()
    assert (child.id_number, child.no_id_reason) == (rows[2]["证件号码"], "")


def test_a_doubtful_row_may_be_a_new_person(cast: Cast, upload: Upload, apply_import: Upload) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county)
    born = date(1970, 3, 3)
    twin = household(2, size=1, **{"姓名": "同名人", "证件号码": id_number(11, born=born)})
    apply_import(upload([*rows, *twin], by=cast.county), by=cast.county)
    other = household(3, size=1, **{"姓名": "同名人", "证件号码": id_number(12, born=born)})
    found = upload(other, by=cast.county)
    row = found.rows.get(verdict="ask")
    imports.decide_rows(register_import=found, answers={row.pk: "new"}, by=cast.county)
    apply_import(found, by=cast.county)
    assert Person.objects.filter(name="同名人").count() == 2


def test_villages_outside_the_users_area_are_refused_by_cell(
    cast: Cast, county: County, upload: Upload
) -> None:
    here = household(1, 乡="东坪街道", 行政村="联合村")
    there = household(2, 乡="荷塘街道", 行政村="清水村")
    found = upload([*here, *there], by=cast.township)
    assert verdicts(found, "household") == {"new": 1, "refused": 1}
    assert verdicts(found) == {"new": 3, "refused": 3}
    refused = found.rows.get(kind="household", verdict="refused")
    assert [p["code"] for p in refused.problems] == ["area_unknown"]


def test_a_person_registered_outside_the_area_is_refused(
    cast: Cast, county: County, upload: Upload, apply_import: Upload
) -> None:
    there = household(2, 乡="荷塘街道", 行政村="清水村")
    apply_import(upload(there, by=cast.county), by=cast.county)
    here = household(1, 乡="东坪街道", 行政村="联合村")
    here[2]["证件号码"] = there[2]["证件号码"]
    found = upload(here, by=cast.township)
    assert verdicts(found) == {"new": 2, "refused": 1}
    row = found.rows.get(kind="person", verdict="refused")
    assert (row.problems[0]["code"], row.person_id) == ("person_elsewhere", None)


def test_village_names_are_found_with_and_without_their_suffix(
    cast: Cast, upload: Upload, county: County
) -> None:
    rows = [
        *household(1, 乡="東坪街道", 行政村="聯合村"),
        *household(2, 乡="东坪", 行政村="顺江村村委会"),
        *household(3, 乡="", 行政村="清水"),
    ]
    found = upload(rows, by=cast.county)
    villages = dict(found.rows.filter(kind="household").values_list("household_no", "village"))
    assert villages == {
        "0000000001": county.lianhe.pk,
        "0000000002": county.shunjiang.pk,
        "0000000003": county.qingshui.pk,
    }


def test_villages_that_the_file_does_not_name_are_left_alone(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    both = [*household(1), *household(2, 乡="东坪街道", 行政村="联合村")]
    apply_import(upload(both, by=cast.county), by=cast.county)
    found = upload(household(1), by=cast.county)
    assert verdicts(found) == {"same": 3}


def test_a_refused_row_never_makes_its_person_look_gone(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = [*household(1), *household(2)]
    apply_import(upload(rows, by=cast.county), by=cast.county)
    rows[1]["证件号码"] = "4.39901E+17"
    rows[3]["证件号码"] = "123"
    found = upload(rows, by=cast.county)
    assert verdicts(found) == {"same": 2, "refused": 4}
    assert verdicts(found, "household") == {"same": 1, "refused": 1}


def test_an_unreadable_file_says_why_and_the_mapping_can_be_put_right(cast: Cast, upload: Upload) -> None:
    headers = ["家里的号" if header == "户编号" else header for header in HEADERS]
    rows = [{**row, "家里的号": row["户编号"]} for row in household(1)]
    found = upload(csv_register(rows, headers), by=cast.county)
    assert (found.state, found.problem["code"], found.problem["field"]) == (
        "failed",
        "column_missing",
        "household_number",
    )
    imports.choose_columns(register_import=found, choices={"家里的号": "household_number"}, by=cast.county)
    imports.run_preview(import_id=found.pk, on=TODAY)
    found.refresh_from_db()
    assert (found.state, verdicts(found)) == ("previewed", {"new": 3})
    again = upload(csv_register(rows, headers), by=cast.county)
    assert (again.state, verdicts(again)) == ("previewed", {"new": 3})


@pytest.mark.django_db(transaction=True)
def test_a_preview_is_compared_again_when_the_register_moved_on(
    cast: Cast, upload: Upload, apply_import: Upload
) -> None:
    rows = household(1)
    apply_import(upload(rows, by=cast.county), by=cast.county)
    rows[1]["文化程度"] = "高中"
    found = upload(rows, by=cast.county)
    Person.objects.filter(person_no=rows[1]["人编号"]).update(labour="技能劳动力")
    found = apply_import(found, by=cast.county)
    assert (found.state, found.problem["code"]) == ("previewed", "register_changed")
    assert Person.objects.get(person_no=rows[1]["人编号"]).education == "初中"
    assert apply_import(found, by=cast.county).state == "applied"


def test_staged_rows_never_hold_an_identity_number_in_the_clear(cast: Cast, upload: Upload) -> None:
    rows = household(1)
    upload(rows, by=cast.county)
    kept = str(list(ImportRow.objects.values("data", "changes", "problems", "id_masked", "before")))
    assert not any(row["证件号码"] in kept for row in rows)
    assert "13900000000" not in kept
