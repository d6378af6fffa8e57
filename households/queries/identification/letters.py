"""The letters of an area, and which cases no letter to that office has told of yet."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from core.accounts.models import Area, Level, User
from core.accounts.scope import village_ids
from households.identification_choices import Addressee, CaseLevel, CaseState
from households.models import IdentificationCase, IdentificationLetter, LetterLine


def letters(user: User) -> QuerySet[Any]:
    """Letters to the offices of the user's area, the newest first, each with the length of its list."""
    found: QuerySet[Any] = IdentificationLetter.objects.filter(
        Q(area__ancestors__contains=[user.area_id]) | Q(area__in=village_ids(user))
    )
    found = found.annotate(cases=Count("lines")).order_by("-dated", "-pk")
    return found.select_related("area", "written_by", "receipt_by")


def get_letter(user: User, uuid: UUID) -> IdentificationLetter:
    """:raises Http404: outside the user's area."""
    found: IdentificationLetter | None = letters(user).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def lines_of(letter: IdentificationLetter) -> list[LetterLine]:
    found = letter.lines.select_related(
        "case__person__household", "case__village", "case__entry", "case__disease"
    )
    return list(found.order_by("case__village__code", "case__person__household__register_no", "pk"))


def to_tell(addressee: str, area: Area | int) -> QuerySet[Any]:
    """Cases that a letter to this office would list: not secret, not rejected, and not told as they stand.

    The committee hears of every case of its village, the town government of those that the village agreed on;
    both hear again of what was confirmed meanwhile."""
    pk = area if isinstance(area, int) else area.pk
    told = LetterLine.objects.filter(case=OuterRef("pk"), letter__addressee=addressee)
    confirmed = told.filter(state=CaseState.CONFIRMED)
    found: QuerySet[Any] = IdentificationCase.objects.filter(
        village__ancestors__contains=[pk], is_sensitive=False, person__left_on=None
    ).exclude(state=CaseState.REJECTED)
    if addressee == Addressee.TOWN:
        found = found.exclude(level=CaseLevel.VILLAGE)
    return found.filter(
        (~Q(state=CaseState.CONFIRMED) & ~Exists(told)) | (Q(state=CaseState.CONFIRMED) & ~Exists(confirmed))
    )


def offices(user: User) -> list[tuple[str, Area, int]]:
    """To whom the user may write: addressee, area, and how many cases the letter would list."""
    found = Area.objects.filter(Q(pk__in=village_ids(user)) | Q(pk=user.area_id), level=Level.VILLAGE)
    places = [(str(Addressee.COMMITTEE), area) for area in found.order_by("code")]
    if user.area.level == Level.TOWNSHIP:
        places.insert(0, (str(Addressee.TOWN), user.area))
    counted = [(addressee, area, to_tell(addressee, area).count()) for addressee, area in places]
    return [each for each in counted if each[2]]
