"""The columns of the tables by area, as the office's forms lay them out (DOMAIN B6.1)."""

from django.utils.translation import pgettext_lazy

from healthaid.reports.documents.model import Column, Take, Text

HOUSEHOLDS = pgettext_lazy("unit", "households")
PERSONS = pgettext_lazy("unit", "persons")
VISITS = pgettext_lazy("unit", "visits")
CASES = pgettext_lazy("unit", "needs")
TIMES = pgettext_lazy("unit", "times")
YUAN = pgettext_lazy("unit", "yuan")
WAN = pgettext_lazy("unit", "10,000 yuan")

_REGISTER = pgettext_lazy("heading", "On the register")
_INSURED = pgettext_lazy("heading", "Insured")
_SIGNED = pgettext_lazy("heading", "Contracts")
_CIRCLE = pgettext_lazy("heading", "15-minute circle")
_EXAM = pgettext_lazy("heading", "Examination")
_NEEDS = pgettext_lazy("heading", "Needs")
_ALL_VISITS = pgettext_lazy("heading", "All visits")
_RATE = pgettext_lazy("column", "rate")

BASICS = (
    Column(_REGISTER, pgettext_lazy("column", "households"), HOUSEHOLDS, "households", Take.WHOLE),
    Column(_REGISTER, pgettext_lazy("column", "persons"), PERSONS, "residents", Take.WHOLE),
    Column(_REGISTER, pgettext_lazy("column", "through illness"), HOUSEHOLDS, "ill_caused", Take.PART),
    Column(_REGISTER, pgettext_lazy("column", "lifted"), HOUSEHOLDS, "lifted", Take.PART),
    Column(_REGISTER, pgettext_lazy("column", "ill"), PERSONS, "ill", Take.PART),
    Column(_INSURED, pgettext_lazy("column", "enrolled"), PERSONS, "insured", Take.PART),
    Column(_INSURED, _RATE, "%", "insured", Take.SHARE),
    Column(_SIGNED, pgettext_lazy("column", "to sign"), PERSONS, "contracted", Take.WHOLE),
    Column(_SIGNED, pgettext_lazy("column", "signed"), PERSONS, "contracted", Take.PART),
    Column(_SIGNED, _RATE, "%", "contracted", Take.SHARE),
    Column(
        _SIGNED, pgettext_lazy("column", "rate without those away"), "%", "contracted_present", Take.SHARE
    ),
    Column(_CIRCLE, pgettext_lazy("column", "within"), PERSONS, "circle", Take.PART),
    Column(_CIRCLE, _RATE, "%", "circle", Take.SHARE),
    Column(_EXAM, pgettext_lazy("column", "examined this year"), PERSONS, "examined", Take.PART),
    Column(_EXAM, _RATE, "%", "examined", Take.SHARE),
    Column(_NEEDS, pgettext_lazy("column", "closed this month"), CASES, "needs_met", Take.WHOLE),
    Column(_NEEDS, pgettext_lazy("column", "open"), CASES, "needs_open", Take.WHOLE),
    Column(_NEEDS, pgettext_lazy("column", "overdue"), CASES, "needs_overdue", Take.PART),
)


def _disease(heading: Text, signed: str, done: str = "", control: str = "") -> tuple[Column, ...]:
    rate = (
        (Column(heading, pgettext_lazy("column", "control rate"), "%", control, Take.SHARE),)
        if control
        else ()
    )
    return (
        Column(heading, pgettext_lazy("column", "to sign"), PERSONS, signed, Take.WHOLE),
        Column(heading, pgettext_lazy("column", "signed"), PERSONS, signed, Take.PART),
        Column(
            heading, pgettext_lazy("column", "visits due"), VISITS, done, Take.WHOLE if done else Take.NOTHING
        ),
        Column(
            heading, pgettext_lazy("column", "visits done"), VISITS, done, Take.PART if done else Take.NOTHING
        ),
        *rate,
    )


CARE = (
    *_disease(
        pgettext_lazy("heading", "Hypertension"), "hypertension_signed", "hypertension_done", "bp_controlled"
    ),
    *_disease(pgettext_lazy("heading", "Diabetes"), "diabetes_signed", "diabetes_done", "glucose_controlled"),
    *_disease(pgettext_lazy("heading", "Tuberculosis"), "tuberculosis_signed"),
    *_disease(pgettext_lazy("heading", "Severe mental disorder"), "mental_signed"),
    Column(_ALL_VISITS, pgettext_lazy("column", "due"), VISITS, "visits_done", Take.WHOLE),
    Column(_ALL_VISITS, pgettext_lazy("column", "done"), VISITS, "visits_done", Take.PART),
    Column(_ALL_VISITS, pgettext_lazy("column", "face to face"), VISITS, "face_to_face", Take.PART),
    Column(_ALL_VISITS, pgettext_lazy("column", "overdue"), VISITS, "visits_overdue", Take.PART),
)

_STAYS = pgettext_lazy("heading", "Hospital stays")
_PAID_BY = pgettext_lazy("heading", "Paid by")
_RATIOS = pgettext_lazy("heading", "Ratios")
_WAYS = pgettext_lazy("heading", "How it went")
_TIMES = pgettext_lazy("column", "bills")
PAYER_HEADS: dict[str, Text] = {
    "basic": pgettext_lazy("heading", "Basic insurance"),
    "critical": pgettext_lazy("heading", "Critical illness"),
    "commercial": pgettext_lazy("heading", "Commercial"),
    "civil": pgettext_lazy("heading", "Medical aid"),
    "fund": pgettext_lazy("heading", "Backstop fund"),
    "other": pgettext_lazy("heading", "Other payers"),
}


def _payer(code: str, heading: Text) -> tuple[Column, ...]:
    bills = f"bills_{code}"
    return (
        Column(heading, _TIMES, TIMES, bills, Take.NUMBER),
        Column(heading, pgettext_lazy("column", "amount"), YUAN, f"paid_{code}", Take.YUAN, guard=bills),
    )


STAYS = (
    Column(_STAYS, pgettext_lazy("column", "settled"), TIMES, "stays", Take.NUMBER),
    Column(_STAYS, pgettext_lazy("column", "total cost"), YUAN, "stay_cost", Take.YUAN, guard="stays"),
    *(column for code, heading in PAYER_HEADS.items() for column in _payer(code, heading)),
    Column(
        pgettext_lazy("heading", "Patient"),
        pgettext_lazy("column", "paid by the patient"),
        YUAN,
        "stay_patient",
        Take.YUAN,
        guard="stays",
    ),
)
WAYS = (
    Column(
        _RATIOS, pgettext_lazy("column", "of the total cost"), "%", "stay_ratio", Take.SHARE, guard="stays"
    ),
    Column(
        _RATIOS,
        pgettext_lazy("column", "of the compliant cost"),
        "%",
        "stay_policy_ratio",
        Take.SHARE,
        guard="stays",
    ),
    Column(_WAYS, pgettext_lazy("column", "admitted"), TIMES, "treats_first", Take.WHOLE),
    Column(_WAYS, pgettext_lazy("column", "treated first"), TIMES, "treats_first", Take.PART),
    Column(_WAYS, pgettext_lazy("column", "treat-first rate"), "%", "treats_first", Take.SHARE),
    Column(_WAYS, pgettext_lazy("column", "settled at one window"), TIMES, "one_stop", Take.PART),
    Column(_WAYS, pgettext_lazy("column", "one-stop rate"), "%", "one_stop", Take.SHARE),
)

_DONE = pgettext_lazy("heading", "Work under contract")
CONTRACTS = (
    Column(_REGISTER, pgettext_lazy("column", "households"), HOUSEHOLDS, "households", Take.WHOLE),
    Column(_REGISTER, pgettext_lazy("column", "persons"), PERSONS, "residents", Take.WHOLE),
    Column(_SIGNED, pgettext_lazy("column", "signed"), PERSONS, "contracted", Take.PART),
    Column(_SIGNED, pgettext_lazy("column", "not signed"), PERSONS, "contracted", Take.REST),
    Column(_SIGNED, _RATE, "%", "contracted", Take.SHARE),
    Column(
        _SIGNED, pgettext_lazy("column", "rate without those away"), "%", "contracted_present", Take.SHARE
    ),
    Column(
        pgettext_lazy("heading", "Paired doctor"),
        pgettext_lazy("column", "households paired"),
        HOUSEHOLDS,
        "households_paired",
        Take.PART,
    ),
    Column(_DONE, pgettext_lazy("column", "signed and served"), PERSONS, "served", Take.PART),
    Column(_DONE, pgettext_lazy("column", "served rate"), "%", "served", Take.SHARE),
    Column(_DONE, pgettext_lazy("column", "promises kept"), "%", "promises_kept", Take.SHARE),
    Column(_DONE, pgettext_lazy("column", "visits due"), VISITS, "visits_done", Take.WHOLE),
    Column(_DONE, pgettext_lazy("column", "visits done"), VISITS, "visits_done", Take.PART),
    Column(_DONE, pgettext_lazy("column", "visits overdue"), VISITS, "visits_overdue", Take.PART),
)
