"""What the county, its streets and two clinics have pledged for the year, in the documents' own targets."""

from datetime import date
from decimal import Decimal

from core.accounts.models import Area, Level
from core.clinics.models import Institution
from healthaid.reports.indicators import INDICATORS
from healthaid.reports.models import Direction, Pledge, PledgeTarget

# Indicator, target of the streets, points. The county asks for the same of itself.
_TARGETS = (
    ("insured", 100, 15),
    ("contracted", 100, 15),
    ("circle", 100, 10),
    ("visits_done", 95, 15),
    ("seen_hypertension", 90, 10),
    ("bp_controlled", 60, 10),
    ("glucose_controlled", 50, 10),
    ("examined", 90, 15),
)
_LAST_YEAR_LESS = 5


def sign_pledges(county: Area, officer: int, on: date) -> None:
    """This will write down pledges of last year and this: of the county, each street, two clinics."""
    streets = Area.objects.filter(parent=county, level=Level.TOWNSHIP, valid_to=None)
    with_homes = streets.filter(children__households__isnull=False).distinct().order_by("code")
    units: list[tuple[Area, Institution | None]] = [
        (county, None),
        *((street, None) for street in with_homes),
    ]
    clinics = Institution.objects.filter(area__county=county, kind=Institution.Kind.VILLAGE_CLINIC)
    homes = clinics.filter(area__households__isnull=False).distinct().select_related("area").order_by("code")
    units += [(clinic.area, clinic) for clinic in homes[:2]]
    made = [_pledge(unit, year, officer, county) for year in (on.year - 1, on.year) for unit in units]
    Pledge.objects.bulk_create(made)
    PledgeTarget.objects.bulk_create(
        target for pledge in made for target in _targets(pledge, pledge.year < on.year)
    )


def _pledge(unit: tuple[Area, Institution | None], year: int, officer: int, county: Area) -> Pledge:
    area, institution = unit
    return Pledge(
        area=area,
        institution=institution,
        year=year,
        signer=_signer(area, institution),
        signed_with="市健康扶贫领导小组" if area == county else f"{county.name}健康扶贫领导小组",
        signed_on=date(year, 1, 18),
        recorded_by_id=officer,
    )


def _signer(area: Area, institution: Institution | None) -> str:
    if institution:
        return "卫生室负责人"
    return "区长" if area.level == Level.COUNTY else "街道办主任"


def _targets(pledge: Pledge, is_past: bool) -> list[PledgeTarget]:
    return [
        PledgeTarget(
            pledge=pledge,
            indicator=code,
            value=Decimal(value - (_LAST_YEAR_LESS if is_past and value < 100 else 0)),
            weight=points,
            direction=Direction.AT_MOST if INDICATORS[code].low_is_good else Direction.AT_LEAST,
        )
        for code, value, points in _TARGETS
    ]
