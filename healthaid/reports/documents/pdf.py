"""The documents of the roof as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.base import typesetting
from healthaid.reports.documents.table import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_HERE = Path(__file__).parent


def pdf(document: Document) -> bytes:
    """A report."""
    return typeset("report", document)


def typeset(name: str, document: "DataclassInstance") -> bytes:
    """The file's bytes, set by <name>.typ."""
    return typesetting.typeset(_HERE / f"{name}.typ", document)
