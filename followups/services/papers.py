"""Photographs and scans are kept with what they show: a contract, a step of a case, a need, a referral."""

from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.papers import forget_paper, keep_paper
from followups.case_choices import ClosingState, Stage
from followups.models import (
    CasePaper,
    Contract,
    ContractPaper,
    KeptPaper,
    MajorCase,
    Need,
    NeedPhotograph,
    Referral,
    ReferralPaper,
)

FOLDER = "papers"
# Files are kept side by side, but none while one is removed: the same content could be both.
_KEEPING = "SELECT pg_advisory_xact_lock_shared(hashtext('followups.papers'))"
_REMOVING = "SELECT pg_advisory_xact_lock(hashtext('followups.papers'))"
Kind = TypeVar("Kind", bound=KeptPaper)
# Who may add a paper may take it off.
ACTS: dict[type[KeptPaper], str] = {
    ContractPaper: "sign_contract",
    CasePaper: "work_case",
    NeedPhotograph: "work_need",
    ReferralPaper: "receive_referral",
}


def add_paper(*, contract: Contract, file: Any, by: User, on: date) -> ContractPaper:
    """This will keep one page of the signed paper. `file` has chunks(); the same page twice is kept once."""
    check(by, ACTS[ContractPaper])
    return _kept(ContractPaper, file, by, on, contract=contract)


def add_case_paper(*, case: MajorCase, stage: str, file: Any, by: User, on: date) -> CasePaper:
    """This will keep what shows a step of a case: one that is taken, or the one that comes next.

    :raises ValidationError: for a step that lies further ahead."""
    check(by, ACTS[CasePaper])
    if stage not in open_stages(case):
        raise ValidationError({"stage": _("Choose a step that is taken already, or the next one.")})
    return keep_evidence(case=case, stage=stage, file=file, by=by, on=on)


def keep_evidence(*, case: MajorCase, stage: str, file: Any, by: User, on: date) -> CasePaper:
    """The same for a caller that has been checked already: a step is taken with its paper."""
    return _kept(CasePaper, file, by, on, case=case, stage=stage)


def open_stages(case: MajorCase) -> list[str]:
    """The steps that can have papers: up to the next one, and what is on record before its step is taken."""
    reached = {*Stage.values[: Stage.values.index(case.stage) + 2]}
    if case.treatment:
        reached.add(Stage.TREATING)
    if case.closings.filter(state=ClosingState.PENDING).exists():
        reached.add(Stage.CLOSED)
    return [stage for stage in Stage.values if stage in reached]


def add_photograph(*, need: Need, file: Any, by: User, on: date) -> NeedPhotograph:
    """This will keep what a need looks like."""
    check(by, ACTS[NeedPhotograph])
    return _kept(NeedPhotograph, file, by, on, need=need)


def add_reply_paper(*, referral: Referral, file: Any, by: User, on: date) -> ReferralPaper:
    """This will keep what the hospital gives back beside its words."""
    check(by, ACTS[ReferralPaper])
    return _kept(ReferralPaper, file, by, on, referral=referral)


def remove_paper(*, paper: KeptPaper, by: User) -> None:
    """This will take a paper off: the wrong sheet, a blurred picture. History says who did; the file goes in
    the night (`forget_files`).

    :raises ValidationError: where a second person has closed the case on the strength of its papers."""
    check(by, ACTS[type(paper)])
    if isinstance(paper, CasePaper) and paper.case.stage == Stage.CLOSED:
        raise ValidationError(_("The case is closed: its papers stay as they were approved."))
    paper.delete()


def forget_files(*, since: datetime) -> int:
    """This will remove the files of papers taken off since then that no paper names any more.

    History keeps who added and who took off what, and the hash; the picture itself is gone."""
    return sum(_forgotten(path) for path in sorted(_taken_off(since)))


def _taken_off(since: datetime) -> set[str]:
    found: set[str] = set()
    for kind in ACTS:
        events: Any = apps.get_model(kind._meta.app_label, f"{kind.__name__}Event")
        taken = events.objects.filter(pgh_label="delete", pgh_created_at__gte=since)
        found.update(taken.values_list("path", flat=True))
    return found


def _forgotten(path: str) -> bool:
    with transaction.atomic():
        _hold(_REMOVING)
        if any(kind.objects.filter(path=path).exists() for kind in ACTS):
            return False
        return forget_paper(path)


def _hold(lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(lock)


def _kept(kind: type[Kind], file: Any, by: User, on: date, **place: Any) -> Kind:
    """The row of a paper at its place (owner, and step of a case), made under the owner's lock."""
    owner = place[kind.OWNER]
    with transaction.atomic():
        _hold(_KEEPING)
        kept = keep_paper(file, folder=FOLDER)
        type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
        present = kind.objects.filter(**place)
        same = present.filter(sha256=kept.sha256).first()
        if same:
            return cast(Kind, same)
        if present.count() >= kind.MOST:
            words = _("%(most)s files are kept here, and no more. Photograph several sheets together.")
            raise ValidationError({"file": words % {"most": kind.MOST}})
        made = kind.objects.create(
            **place,
            path=kept.path,
            sha256=kept.sha256,
            media_type=kept.media_type,
            size=kept.size,
            added_on=on,
            added_by=by,
        )
    return cast(Kind, made)
