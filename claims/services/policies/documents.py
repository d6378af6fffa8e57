"""The documents that policies rest on: what was issued, by whom, in force when, and its scan."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import PolicyDocument
from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.papers import keep_paper

FOLDER = "policies"


@dataclass(frozen=True)
class DocumentWanted:
    """What stands at the head of the document. `valid_to` is its last day, or nothing."""

    number: str
    title: str
    issuer: str
    issued_on: date
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def record_document(
    *, wanted: DocumentWanted, by: User, file: Any = None, county: Area | None = None
) -> PolicyDocument:
    """This will keep a document of the user's county. `file` has chunks(): JPEG, PNG or PDF, at most 8 MB.

    :raises ValidationError: by field, such as a number that is taken."""
    check(by, "draft_policy")
    document = PolicyDocument(county=county or by.area, **asdict(wanted))
    _written(document, file)
    return document


@transaction.atomic
def revise_document(
    *, document: PolicyDocument, wanted: DocumentWanted, by: User, file: Any = None
) -> PolicyDocument:
    """This will correct the head of a document, or put its scan in place; history keeps what stood before."""
    check(by, "draft_policy")
    found = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    for name, value in asdict(wanted).items():
        setattr(found, name, value)
    _written(found, file)
    return found


def _written(document: PolicyDocument, file: Any) -> None:
    same = PolicyDocument.objects.filter(county=document.county, number=document.number)
    if same.exclude(pk=document.pk).exists():
        raise ValidationError({"number": _("A document with this number is kept already. Open that one.")})
    if document.valid_to and document.valid_to < document.valid_from:
        raise ValidationError({"valid_to": _("This is before the first day. Write a later day, or nothing.")})
    if file:
        paper = keep_paper(file, folder=FOLDER)
        document.path, document.sha256 = paper.path, paper.sha256
        document.media_type, document.size = paper.media_type, paper.size
    document.save()
