"""What institutions are and have: gaps of village clinics, beds set aside, rebuilding."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.clinics.models import Institution, Licence
from core.clinics.queries import count_clinics, village_clinics
from core.clinics.services import Equipped, equip, record_rebuild
from tests.factories.ground import a_practitioner, an_institution

ON = date(2026, 11, 20)


def _licensed(clinic, until):
    doctor = a_practitioner(clinic)
    Licence.objects.create(
        practitioner=doctor,
        kind="乡村医生",
        number=str(doctor.pk),
        valid_from=date(2020, 1, 1),
        valid_to=until,
    )


def _wanted(**more):
    told = {
        "ownership": "public",
        "is_standardised": True,
        "has_settlement_window": False,
        "floor_area": Decimal("150.5"),
        "rooms": ["treatment"],
        "equipment": ["bed"],
        "beds": 0,
        "reserved_beds": 0,
    }
    return Equipped(**{**told, **more})


@pytest.mark.parametrize(("beds", "needed"), [(0, 0), (1, 1), (20, 1), (21, 2), (4760, 238)])
def test_five_per_cent_of_the_beds_are_set_aside_rounded_up(beds, needed):
    assert Institution(beds=beds).needed_beds == needed


def test_each_gap_lists_the_clinics_that_have_it(county, cast):
    good = an_institution(county.lianhe, is_standardised=True)
    bad = an_institution(county.shunjiang, ownership="rented")
    _licensed(good, ON)
    _licensed(bad, date(2026, 11, 19))
    for gap in ("licence", "standard", "ownership"):
        assert list(village_clinics(cast.county, ON, gap=gap)) == [bad]


def test_the_counts_are_the_lengths_of_the_lists(county, cast):
    clinic = an_institution(county.lianhe, is_standardised=True)
    _licensed(clinic, ON)
    _licensed(clinic, ON)
    an_institution(county.qingshui)
    an_institution(county.county, "county_hospital", beds=199, reserved_beds=8)
    an_institution(county.far)
    counts = count_clinics(cast.county, ON)
    assert (counts.clinics, counts.standardised, counts.public, counts.licensed) == (2, 1, 2, 1)
    assert (counts.hospitals, counts.beds, counts.reserved, counts.needed) == (1, 199, 8, 10)


def test_what_a_clinic_has_is_written_down(county, cast):
    clinic = equip(institution=an_institution(county.lianhe), wanted=_wanted(), by=cast.county)
    assert (clinic.floor_area, clinic.rooms, clinic.is_standardised) == (
        Decimal("150.5"),
        ["treatment"],
        True,
    )


def test_no_more_beds_are_set_aside_than_there_are(county, cast):
    with pytest.raises(ValidationError) as refused:
        equip(institution=an_institution(county.lianhe), wanted=_wanted(reserved_beds=1), by=cast.county)
    assert "reserved_beds" in refused.value.message_dict


def test_a_clinic_of_another_county_is_not_touched(county, cast):
    with pytest.raises(PermissionDenied):
        equip(institution=an_institution(county.far), wanted=_wanted(), by=cast.county)


def test_an_accepted_rebuilding_brings_a_clinic_up_to_standard(county, cast):
    clinic = an_institution(county.lianhe)
    told = {"title": "改造", "budget": Decimal(10_084), "spent": Decimal(9_900), "began_on": date(2026, 3, 1)}
    record_rebuild(institution=clinic, accepted_on=None, by=cast.county, **told)
    clinic.refresh_from_db()
    assert not clinic.is_standardised
    record_rebuild(institution=clinic, accepted_on=ON, by=cast.county, **told)
    clinic.refresh_from_db()
    assert clinic.is_standardised


def test_the_pages_show_the_gap_and_the_checklist_and_take_a_correction(county, cast, signed_in):
    clinic = an_institution(county.lianhe)
    client, page = signed_in(cast.county), reverse("outreach:clinic", args=[clinic.pk])
    listed = client.get(reverse("outreach:clinics") + "?show=licence").content.decode()
    assert clinic.name in listed
    typed = {
        "ownership": "public",
        "rooms": ["treatment"],
        "beds": "0",
        "reserved_beds": "0",
        "floor_area": "120",
    }
    assert client.post(reverse("outreach:clinic_edit", args=[clinic.pk]), typed).status_code == 302
    assert "120.0 m²" in client.get(page).content.decode()
