"""Editions of the disease lists: those published in full are loaded, a county's own imported as a table."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from households.choices import DiseaseGroup
from households.identification_choices import Purpose
from households.models import Catalogue, CatalogueEntry, Disease

LIBRARY = Path(__file__).resolve().parents[2] / "data" / "catalogues.toml"


@dataclass(frozen=True)
class Line:
    """One row of a list: its number, the name as printed, `group` key|secondary|"", ICD-10 prefixes of this
    entry, and the code of a known disease, or empty for a new one."""

    position: int
    name: str
    group: str = ""
    icd10: tuple[str, ...] = ()
    disease: str = ""


@transaction.atomic
def load_catalogues(*, path: Path = LIBRARY) -> int:
    """This will add the published editions that are not there yet and say how many; diseases come first."""
    codes = dict(Disease.objects.values_list("code", "pk"))
    added = 0
    for told in tomllib.loads(path.read_text(encoding="utf-8"))["catalogues"]:
        entries = told.pop("entries")
        edition, is_new = Catalogue.objects.get_or_create(
            code=told["code"],
            area=None,
            valid_from=told["valid_from"],
            defaults=told | {"purpose": Purpose.TREATMENT},
        )
        if is_new:
            added += 1
            _write(edition, [(Line(n, name), codes[code]) for n, (code, name) in enumerate(entries, start=1)])
    return added


@transaction.atomic
def add_edition(
    *, area: Area, lines: Sequence[Line], by: User, valid_from: date, code: str, **told: Any
) -> Catalogue:
    """This will put a new edition of an area's list in force from a day and end the one before on it.

    `told`: title, document, issuer. A line whose disease is not known makes one of the group "other".

    :raises ValidationError: where a list with this short name began on that day or later.
    """
    check(by, "manage_catalogues")
    held = Catalogue.objects.select_for_update().filter(code=code, area=area)
    if held.filter(valid_from__gte=valid_from).exists():
        raise ValidationError(
            {"valid_from": _("An edition of this list begins on that day or later. Choose a later day.")}
        )
    held.filter(valid_to=None).update(valid_to=valid_from)
    edition: Catalogue = Catalogue.objects.create(
        code=code, area=area, valid_from=valid_from, purpose=Purpose.IDENTIFICATION, **told
    )
    known = dict(Disease.objects.values_list("code", "pk"))
    _write(edition, [(line, known.get(line.disease) or _new_disease(edition, line)) for line in lines])
    return edition


def _new_disease(edition: Catalogue, line: Line) -> int:
    disease = Disease.objects.create(
        code=f"list_{edition.pk}_{line.position}",
        name_zh=line.name,
        name_en=line.name,
        group=DiseaseGroup.OTHER,
        icd10_prefixes=list(line.icd10),
        is_sensitive=_is_sensitive(line),
        valid_from=edition.valid_from,
    )
    return int(disease.pk)


def _is_sensitive(line: Line) -> bool:
    """A disease is for health staff only when its codes touch those of one that is (mental, TB, HIV)."""
    kept = Disease.objects.filter(is_sensitive=True).values_list("icd10_prefixes", flat=True)
    secret = [prefix for prefixes in kept for prefix in prefixes]
    return any(a.startswith(b) or b.startswith(a) for a in line.icd10 for b in secret)


def _write(edition: Catalogue, lines: Sequence[tuple[Line, int]]) -> None:
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            catalogue=edition,
            disease_id=disease,
            position=line.position,
            name=line.name,
            group=line.group,
            icd10_prefixes=list(line.icd10),
        )
        for line, disease in lines
    )
