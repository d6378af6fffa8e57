"""Kept photographs and scans as lines: what they are, who added them, where they lead."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.base.papers import PDF
from followups.case_choices import Stage
from followups.models import CasePaper, ContractPaper, KeptPaper, NeedPhotograph, ReferralPaper

DOORS: dict[type[KeptPaper], str] = {
    ContractPaper: "followups:paper",
    CasePaper: "followups:case_paper",
    NeedPhotograph: "followups:need_photograph",
    ReferralPaper: "followups:referral_paper",
}


def kept(papers: Iterable[KeptPaper], *, may_remove: bool) -> list[dict[str, Any]]:
    """For templates/followups/_kept_papers.html."""
    return [_line(number, paper, may_remove) for number, paper in enumerate(papers, start=1)]


def by_stage(papers: Iterable[CasePaper], *, may_remove: bool) -> dict[str, list[dict[str, Any]]]:
    """The papers of a case under the step they show."""
    found: dict[str, list[CasePaper]] = {}
    for paper in papers:
        found.setdefault(paper.stage, []).append(paper)
    return {stage: kept(found[stage], may_remove=may_remove) for stage in Stage.values if stage in found}


def _line(number: int, paper: KeptPaper, may_remove: bool) -> dict[str, Any]:
    door = DOORS[type(paper)]
    words = _("PDF %(n)s") if paper.media_type == PDF else _("Photograph %(n)s")
    return {
        "url": reverse(door, args=[paper.pk]),
        "title": words % {"n": number},
        "on": paper.added_on,
        "by": paper.added_by,
        "size": paper.size,
        "remove_url": reverse(f"{door}_remove", args=[paper.pk]) if may_remove else "",
    }


def home_of(owner: Any) -> str:
    """The page of a contract, case, need or referral."""
    name = owner._meta.model_name.removeprefix("major")
    return reverse(f"followups:{name}", args=[getattr(owner, "uuid", owner.pk)])
