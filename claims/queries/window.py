"""What the settlement window looks up: persons, the stays of its hospital, beds, arrears."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from claims.choices import AdmissionState, SettlementKind
from claims.models import Admission, Receipt, Settlement
from core.accounts.models import Area, User
from core.accounts.scope import village_ids
from core.clinics.models import Institution
from households.models import Condition, Disease, Enrolment, Household, HouseholdStatus, Identity, Person
from households.queries.search import people_like, shape_of

SHOWS = ("in_house", "to_settle", "settled", "arrears")
FOUND = 30
_MONEY = DecimalField(max_digits=14, decimal_places=2)
_NOTHING = Value(Decimal(0), output_field=_MONEY)


def people_found(user: User, typed: str, village: Area | None = None) -> list[Person]:
    """The first thirty persons the text names: identity number, name, pinyin, phone, household number."""
    wanted = shape_of(typed)
    people: Any = Person.objects.visible_to(user)
    if village:
        people = people.filter(village=village)
    if wanted.shape == "number":
        homes = Household.objects.visible_to(user).filter(register_no__startswith=wanted.text)
        found = people.filter(household__in=homes.values("pk"))
    else:
        found = people_like(people, wanted)
    ordered = found.select_related("household", "village").order_by("left_on", "name_pinyin", "pk")
    return sorted(ordered[:FOUND], key=lambda person: person.left_on is not None)


def get_person(user: User, uuid: UUID) -> Person:
    """:raises Http404: outside the user's area."""
    found: Person = Person.objects.select_related("household", "village").get_visible(user, uuid=uuid)
    return found


def villages(user: User) -> QuerySet[Any]:
    return Area.objects.filter(pk__in=village_ids(user), valid_to=None).order_by("code")


def _standing(field: str) -> Subquery:
    kept = Settlement.objects.filter(admission=OuterRef("pk"), is_standing=True)
    return Subquery(kept.exclude(kind=SettlementKind.REVERSED).values(field)[:1])


def _received() -> Subquery:
    sums = Receipt.objects.filter(admission=OuterRef("pk")).order_by().values("admission")
    return Subquery(sums.annotate(sum=Sum("amount")).values("sum"), output_field=_MONEY)


def with_money(stays: Any) -> Any:
    """Adds what stands of each stay: total, patient, received, `due` (below zero: money goes back)."""
    found = stays.annotate(
        settled_total=_standing("total"),
        settled_paid=_standing("paid"),
        patient_share=_standing("patient"),
        last_settled_on=_standing("settled_on"),
        received=Coalesce(_received(), _NOTHING, output_field=_MONEY),
    )
    return found.annotate(due=F("patient_share") - F("received"))


def stays_of(user: User, hospital: Institution, show: str, on: date) -> Any:
    """The stays of one hospital: in house, discharged and not settled, settled on the day, with arrears."""
    found: Any = Admission.objects.visible_to(user).filter(institution=hospital)
    if show == "settled":
        found = found.filter(pk__in=_settled_on(hospital, on))
    else:
        found = found.filter(state=_STATES[show])
    found = with_money(found.select_related("person", "person__village"))
    if show == "arrears":
        found = found.filter(due__gt=0)
    return found.order_by("-discharged_on" if show != "in_house" else "-admitted_on", "-pk")


_STATES = {
    "in_house": AdmissionState.ADMITTED,
    "to_settle": AdmissionState.DISCHARGED,
    "arrears": AdmissionState.SETTLED,
}


def _settled_on(hospital: Institution, on: date) -> QuerySet[Any]:
    found = Settlement.objects.filter(institution=hospital, settled_on=on, is_standing=True)
    return found.exclude(kind=SettlementKind.REVERSED).values("admission")


def count_stays(user: User, hospital: Institution, on: date) -> dict[str, int]:
    return {show: stays_of(user, hospital, show, on).count() for show in SHOWS}


def get_stay(user: User, uuid: UUID) -> Admission:
    """A stay with its money (`with_money`). Raises Http404 outside the user's area."""
    wanted = Admission.objects.select_related(
        "person__village", "household", "institution__area", "admitted_by", "county"
    )
    found: Admission | None = with_money(wanted.visible_to(user)).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Beds:
    """`wanted` is five in a hundred of all beds, rounded up (DOMAIN A48); `used` are taken at present."""

    beds: int
    reserved: int
    used: int

    @property
    def wanted(self) -> int:
        return -(-self.beds * 5 // 100)

    @property
    def free(self) -> int:
        return max(self.reserved - self.used, 0)


def beds_of(hospital: Institution) -> Beds:
    """Reserved beds of a hospital and how many are taken by persons who are in house."""
    inside = Admission.objects.filter(
        institution=hospital, state=AdmissionState.ADMITTED, in_reserved_bed=True
    )
    return Beds(hospital.beds, hospital.reserved_beds, inside.count())


def diseases_like(user: User, typed: str) -> list[Disease]:
    """The first dozen diseases whose name, code or ICD-10 prefix begins with or holds the text."""
    text = typed.strip()
    if not text:
        return []
    known = Disease.objects.filter(valid_to=None)
    found = list(
        known.filter(Q(name_zh__icontains=text) | Q(name_en__icontains=text)).order_by("name_zh")[:12]
    )
    if found or not text[0].isascii():
        return found
    by_code = [
        d
        for d in known
        if any(text.upper().startswith(p) or p.startswith(text.upper()) for p in d.icd10_prefixes)
    ]
    return by_code[:12]


def disease_of(icd10: str) -> Disease | None:
    """The disease of the catalogue that an ICD-10 code falls under: the longest prefix wins."""
    code = icd10.strip().upper()
    if not code:
        return None
    matches = [
        (len(prefix), disease)
        for disease in Disease.objects.filter(valid_to=None)
        for prefix in disease.icd10_prefixes
        if code.startswith(prefix)
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


@dataclass(frozen=True, slots=True)
class AtWindow:
    """What is known of a person on a day, and of their bills in that year."""

    person: Person
    status: HouseholdStatus | None
    identities: list[Identity]
    enrolments: list[Enrolment]
    conditions: list[Condition]
    stays: list[Admission]
    arrears: list[Admission]


def at_window(user: User, person: Person, on: date) -> AtWindow:
    """In a fixed number of statements; what is sensitive only for those who may see it."""
    known = with_money(Admission.objects.visible_to(user).filter(person=person))
    wide = known.select_related("institution", "person__village").order_by("-admitted_on", "-pk")
    stays: list[Any] = list(wide[:100])
    conditions: Any = Condition.objects.visible_to(user).filter(person=person, ended_on=None)
    status = HouseholdStatus.objects.filter(household=person.household_id, period__contains=on)
    return AtWindow(
        person=person,
        status=status.first(),
        identities=list(Identity.objects.filter(person=person, period__contains=on)),
        enrolments=list(Enrolment.objects.filter(person=person, year=on.year).order_by("scheme")),
        conditions=list(conditions.select_related("disease").order_by("confirmed_on")),
        stays=[stay for stay in stays if stay.admitted_on.year == on.year or _is_open(stay)],
        arrears=[stay for stay in stays if stay.state == AdmissionState.SETTLED and (stay.due or 0) > 0],
    )


def _is_open(stay: Admission) -> bool:
    return stay.state in (AdmissionState.ADMITTED, AdmissionState.DISCHARGED)
