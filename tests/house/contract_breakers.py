"""Who tries to break what the database promises about contracts, papers, moves and what people say."""

from datetime import date, timedelta
from typing import Any

from followups.models import (
    CasePaper,
    ContractMove,
    ContractPaper,
    Feedback,
    NeedPhotograph,
    ReferralPaper,
    Team,
)
from tests.factories.cases import a_case

DAY = date(2026, 3, 2)


def _move(w: Any, **more: Any) -> ContractMove:
    other = Team.objects.create(name="二队", area=w.county.dongping, institution=w.clinic)
    fields = {"from_team": w.team, "to_team": other, "moved_on": DAY, "reason": "换", "by": w.cast.county}
    return ContractMove.objects.create(**{**fields, **more})


def _paper(w: Any, kind: Any = ContractPaper, **more: Any) -> Any:
    fields = {"path": "papers/a", "sha256": "a", "media_type": "image/png", "size": 1, "added_on": DAY}
    return kind.objects.create(**{"added_by": w.cast.doctor, **fields, **more})


def _papers(w: Any, kind: Any = ContractPaper, **place: Any) -> None:
    _paper(w, kind, **place)
    _paper(w, kind, **place)


def _evidence(w: Any, **more: Any) -> dict[str, Any]:
    return {"kind": CasePaper, "case": a_case(w.county, w.cast), "stage": "registered", **more}


def _feedback(w: Any, **more: Any) -> Feedback:
    fields = {
        "village": w.county.lianhe,
        "kind": "praise",
        "channel": "visit",
        "words": "好",
        "received_on": DAY,
        "recorded_by": w.cast.doctor,
    }
    return Feedback.objects.create(**{**fields, **more})


CONTRACT_BREAKERS: dict[str, Any] = {
    "guardian_says_what_he_is_to_the_person": lambda w: w.contract(signed_by="guardian", signer_name="李四"),
    "contract_year_begins_by_the_contract": lambda w: w.contract(year_from=DAY + timedelta(days=1)),
    "ended_contract_says_why": lambda w: w.contract(state="ended"),
    "move_goes_to_another_team": lambda w: _move(w, to_team=w.team),
    "move_says_why": lambda w: _move(w, reason=""),
    "one_paper_per_contract_and_content": lambda w: _papers(w, contract=w.contract()),
    "paper_is_not_empty": lambda w: _paper(w, contract=w.contract(), size=0),
    "one_paper_per_step_and_content": lambda w: _papers(w, **_evidence(w)),
    "case_paper_is_not_empty": lambda w: _paper(w, **_evidence(w, size=0)),
    "case_paper_shows_a_step": lambda w: _paper(w, **_evidence(w, stage="sixth")),
    "one_photograph_per_need_and_content": lambda w: _papers(w, NeedPhotograph, need=w.need()),
    "need_photograph_is_not_empty": lambda w: _paper(w, NeedPhotograph, need=w.need(), size=0),
    "one_paper_per_referral_and_content": lambda w: _papers(w, ReferralPaper, referral=w.referral()),
    "referral_paper_is_not_empty": lambda w: _paper(w, ReferralPaper, referral=w.referral(), size=0),
    "closed_feedback_has_its_answer": lambda w: _feedback(w, state="closed", closed_on=DAY),
    "feedback_has_words": lambda w: _feedback(w, words=""),
}
