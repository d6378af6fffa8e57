"""Repayments at the year's end in words: the rule, each person's reckoning, the slip."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.models import YearEndBatch, YearEndTopUp
from claims.papers.documents import ReceiptPaper
from claims.policy.formulas import percent
from claims.policy.year_end import YearEnd
from claims.presenters.papers import trace_of, yuan
from claims.queries.facts.policies import policy_of
from core.accounts.models import User


def rule_of(batch: YearEndBatch) -> YearEnd:
    """The rule as it stood in the policy that decided."""
    policy = policy_of(batch.policy_id, batch.policy.sha256).policy
    return next(rule for rule in policy.year_end if rule.code == batch.rule)


def rule_words(rule: YearEnd, payers: dict[str, Any]) -> dict[str, str]:
    language = get_language() or "zh-hans"
    payer = payers.get(rule.payer)
    return {
        "label": rule.label.get(language),
        "clause": rule.clause,
        "note": rule.note.get(language) if rule.note else "",
        "payer": payer.get(language) if payer else rule.payer,
        "share": percent(rule.share),
        "whole": _("cost inside the policy's range (yuan)") if rule.of == "compliant" else _("cost (yuan)"),
    }


def arithmetic(rule: YearEnd, top_up: YearEndTopUp) -> str:
    """The reckoning of one person as a sentence with its numbers."""
    slots = {
        "bills": top_up.bills,
        "whole": yuan(top_up.whole),
        "own": yuan(top_up.own),
        "share": percent(rule.share),
        "kept": yuan(top_up.kept),
        "amount": yuan(top_up.amount),
    }
    if rule.of == "compliant":
        return (
            _(
                "In %(bills)s bills of the year %(whole)s yuan lay inside the policy's range, of which you"
                " bore %(own)s. %(share)s of it, %(kept)s yuan, stay with you; %(amount)s yuan are paid back."
            )
            % slots
        )
    return (
        _(
            "%(bills)s bills of the year came to %(whole)s yuan, of which you bore %(own)s. %(share)s of it,"
            " %(kept)s yuan, stay with you; %(amount)s yuan are paid back."
        )
        % slots
    )


def slip_of_year(top_up: YearEndTopUp, *, by: User, at: datetime) -> ReceiptPaper:
    batch = top_up.batch
    rule = rule_of(batch)
    policy = policy_of(batch.policy_id, batch.policy.sha256).policy
    words = rule_words(rule, policy.payer_labels)
    document = batch.policy.document
    return ReceiptPaper(
        language=get_language() or "zh-hans",
        title=_("Repayment at the end of %(year)s") % {"year": batch.year},
        hospital=batch.county.name,
        number=_("No. %(number)s") % {"number": f"{batch.county.code}-{batch.year}-{top_up.pk:06d}"},
        facts=(
            (_("Name"), top_up.person.name),
            (_("Identity number"), top_up.person.id_masked or "—"),
            (_("Village"), top_up.village.name),
            (_("Who pays"), words["payer"]),
            (_("Clause"), rule.clause),
            (_("Document"), document.number if document else "—"),
        ),
        amount=(_("Paid back (yuan)"), yuan(top_up.amount)),
        rest=arithmetic(rule, top_up),
        places=(_("Patient or family"), _("Checked by")),
        trace=trace_of(by, at),
    )
