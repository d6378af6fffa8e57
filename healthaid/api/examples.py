"""One example for each thing a program can ask. Persons and numbers are invented."""

from drf_spectacular.utils import OpenApiExample

HOUSEHOLD = {
    "id": "01980f2e-6f3a-7c11-9d0e-3f5d8a6b1c20",
    "register_no": "0430304002",
    "village": "430304002201",
    "group_name": "第三组",
    "household_type": "ordinary",
    "standing": "lifted",
    "registered_on": "2014-01-01",
    "main_cause": "illness",
    "other_causes": ["labour"],
    "income_per_head": 9812.5,
    "address": None,
    "phone": "170****0012",
    "latitude": None,
    "longitude": None,
    "left_on": None,
    "left_reason": "",
    "changed_at": "2026-11-20T02:11:09.120411+00:00",
}
CURSOR = "q0p8m9y3rX2Wlmk5WyJob3VzZWhvbGRzIiwi…"
TOMBSTONE = {
    "id": "01980f2e-7001-7e02-8a41-aa0b6b0f9d11",
    "reason": "moved",
    "at": "2026-11-21T06:02:44.5+00:00",
}
PAGE = {"results": [HOUSEHOLD], "deleted": [TOMBSTONE], "next": None, "cursor": CURSOR}
VISIT = {
    "client_id": "01980f30-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "person": "01980f2e-7d11-7b5a-9c3e-0a1b2c3d4e5f",
    "protocol": "hypertension",
    "visited_on": "2026-11-20",
    "mode": "2",
    "answers": {"visit_date": "2026-11-20", "visit_mode": "2", "symptoms": ["1"], "sbp": 138, "dbp": 86},
    "device_id": "clinic-7",
    "device_seq": 112,
    "captured_at": "2026-11-20T09:30:00+08:00",
}
ACCEPTED = {
    "id": VISIT["client_id"],
    "protocol": "hypertension",
    "edition": "2017",
    "visited_on": "2026-11-20",
    "visit_class": "1",
    "class_label": "控制满意",
    "controlled": True,
    "assessment": {"cls": "1", "assessable": True},
    "next_on": "2027-02-18",
}
NEED = {
    "id": "01980f31-0b1c-7d2e-8f30-415263748596",
    "person": "01980f2e-7d11-7b5a-9c3e-0a1b2c3d4e5f",
    "household": HOUSEHOLD["id"],
    "village": "430304002201",
    "kind": "cost",
    "state": "open",
    "raised_on": "2026-11-02",
    "due_on": "2026-11-16",
    "overdue": True,
    "closed_on": None,
    "quoted_amount": 206000.0,
    "put_off": True,
    "satisfaction": None,
    "word_missing": "",
    "visit": None,
    "merged_into": None,
    "changed_at": "2026-11-20T02:11:09.120411+00:00",
}
REFERRAL = {
    "id": "01980f31-5c6d-7e8f-9012-a3b4c5d6e7f8",
    "person": NEED["person"],
    "household": HOUSEHOLD["id"],
    "village": "430304002201",
    "need": NEED["id"],
    "visit": None,
    "follows": None,
    "from_institution": "DEMO430304002201",
    "to_institution": "DEMO430304",
    "urgency": "emergency",
    "priority": True,
    "state": "arrived",
    "referred_at": "2026-11-19T09:20:00+08:00",
    "answered_at": "2026-11-19T11:20:00+08:00",
    "arrived_on": "2026-11-19",
    "admitted": True,
    "discharged_on": None,
    "returned_at": None,
    "check_by": "2026-12-03",
    "checked_on": None,
    "check_result": "",
    "check_overdue": False,
    "changed_at": "2026-11-20T02:11:09.120411+00:00",
}
MONITORING = {
    "id": "01980f31-9d2e-7c40-8a51-b2c3d4e5f607",
    "household": HOUSEHOLD["id"],
    "village": "430304002201",
    "kind": "unstable",
    "risk": "illness",
    "source": "warning",
    "state": "helped",
    "holder": "township",
    "turn_since": "2026-09-14",
    "due_on": "2026-12-13",
    "overdue": False,
    "found_on": "2026-08-20",
    "verified_on": "2026-08-28",
    "removable_from": "2026-10-28",
    "asked_on": None,
    "ended_on": None,
    "relapse_of": None,
    "changed_at": "2026-11-20T02:11:09.120411+00:00",
}
ADMISSION_SENT = {
    "id": "01980f32-7a8b-7c9d-8e0f-1a2b3c4d5e6f",
    "person": NEED["person"],
    "institution": "DEMO430304",
    "admitted_on": "2026-11-11",
    "diagnosis": "慢性阻塞性肺病伴急性加重",
    "icd10": "J44.100",
    "hospital_no": "ZY202611000123",
}
BILL_SENT = {
    "lines": [
        {"category": "bed", "item_class": "A", "amount": "320.00", "name": "普通病房床位费"},
        {"category": "western_drug", "item_class": "B", "amount": "1029.20", "first_pay": "102.92"},
        {"category": "material", "item_class": "C", "amount": "60.00", "name": "自费材料"},
    ],
    "total": "1409.20",
    "discharged_on": "2026-11-20",
}
BILL_ANSWER = {
    "id": ADMISSION_SENT["id"],
    "state": "discharged",
    "admitted_on": "2026-11-11",
    "discharged_on": "2026-11-20",
    "items": 3,
    "total": 1409.2,
}
SEARCH = {"name": "张三", "purpose": "核对住院人员身份"}


def sent(value: object) -> OpenApiExample:
    return OpenApiExample("example", value=value, request_only=True)


def answered(value: object, status: str = "200") -> OpenApiExample:
    return OpenApiExample("example", value=value, response_only=True, status_codes=[status])


EXAMPLES = {
    "list_households": [answered(PAGE)],
    "list_needs": [answered(PAGE | {"results": [NEED]})],
    "list_referrals": [answered(PAGE | {"results": [REFERRAL]})],
    "list_monitoring": [answered(PAGE | {"results": [MONITORING]})],
    "send_visits": [sent(VISIT), answered(ACCEPTED, "201")],
    "send_admissions": [sent(ADMISSION_SENT)],
    "bill_admissions": [sent(BILL_SENT), answered(BILL_ANSWER)],
    "settle_admissions": [sent({"expected": "basic.basic=930.00;backstop.fund=338.28;patient=140.92"})],
    "search_persons": [sent(SEARCH)],
}
