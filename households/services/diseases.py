"""The disease catalogue: a dated list kept as data, loaded as often as one likes."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from core.accounts.models import User
from households.models import Disease

LIBRARY = Path(__file__).resolve().parents[1] / "data" / "diseases.toml"
_COLUMNS = ("name_zh", "name_en", "group", "icd10_prefixes", "catalogues", "is_sensitive", "valid_from")


@dataclass(frozen=True)
class LoadedDiseases:
    created: int
    changed: int
    kept: int


def read_diseases(path: Path = LIBRARY) -> list[Disease]:
    """This will read a catalogue file into rows that are not saved yet."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_disease(entry, raw["valid_from"]) for entry in raw["diseases"]]


@transaction.atomic
def load_diseases(*, diseases: Iterable[Disease], by: User | None = None) -> LoadedDiseases:
    """This will add diseases by code and bring known ones up to date; none is ever removed."""
    listed = list(diseases)
    known = {disease.code: disease for disease in Disease.objects.select_for_update()}
    for each in listed:
        each.catalogues = _marks(known.get(each.code), each)
    fresh = [each for each in listed if each.code not in known]
    differing = [(known[each.code], each) for each in listed if each.code in known]
    changed = [_taken_over(old, new) for old, new in differing if _shape(old) != _shape(new)]
    Disease.objects.bulk_create(fresh)
    Disease.objects.bulk_update(changed, _COLUMNS)
    return LoadedDiseases(len(fresh), len(changed), len(listed) - len(fresh) - len(changed))


def _disease(entry: Mapping[str, Any], since: date) -> Disease:
    return Disease(
        code=entry["code"],
        name_zh=entry["name"]["zh"],
        name_en=entry["name"]["en"],
        group=entry["group"],
        icd10_prefixes=entry.get("icd10", []),
        catalogues=entry.get("catalogues", []),
        is_sensitive=entry.get("sensitive", False),
        valid_from=entry.get("valid_from", since),
    )


def _marks(known: Disease | None, listed: Disease) -> list[str]:
    """The lists that a disease stands in already, and those the file names besides."""
    have = known.catalogues if known else []
    return [*have, *(code for code in listed.catalogues if code not in have)]


def _shape(disease: Disease) -> tuple[Any, ...]:
    return tuple(getattr(disease, column) for column in _COLUMNS)


def _taken_over(old: Disease, new: Disease) -> Disease:
    for column in _COLUMNS:
        setattr(old, column, getattr(new, column))
    return old
