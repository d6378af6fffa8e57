"""A decision as it is read: on the screen before and after settling, on the slip, and told to the patient."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.policy.decision import Decision, Discounted, Line
from claims.policy.explanation import Told, ToldReason, told, word
from claims.policy.formulas import percent, percent_cut
from claims.warnings.shortfalls import shortfalls

FEN = Decimal("0.01")


@dataclass(frozen=True)
class PayerLine:
    """`steps` is the arithmetic in words, `reasons` all that speaks for and against."""

    code: str
    label: str
    amount: Decimal
    base: Decimal
    deductible: Decimal
    left_after: Decimal
    clause: str
    applied: bool
    steps: tuple[Told, ...]
    reasons: tuple[ToldReason, ...]

    @property
    def why_nothing(self) -> str:
        """Why a layer gives nothing: the reasons that speak against it."""
        against = [reason.text for reason in self.reasons if not reason.holds]
        return "" if self.amount else "；".join(against) if _zh() else "; ".join(against)


@dataclass(frozen=True)
class DecisionView:
    title: str
    taken: tuple[str, ...]
    identity: str
    total: Decimal
    discount: Decimal
    settled: Decimal
    compliant: Decimal
    outside: Decimal
    paid: Decimal
    patient: Decimal
    patient_compliant: Decimal
    patient_outside: Decimal
    actual_ratio: str
    policy_ratio: str
    target: str
    """What share the payers should bear, as it is said: 90 %."""
    reaches_target: bool
    short: Decimal
    discounts: tuple[PayerLine, ...]
    lines: tuple[PayerLine, ...]
    elsewhere: tuple[PayerLine, ...]
    """Layers for another kind of care: they say nothing about this bill."""

    @property
    def payers(self) -> tuple[PayerLine, ...]:
        """The layers that give something."""
        return tuple(line for line in self.lines if line.amount)


def present_decision(decision: Decision) -> DecisionView:
    """In the language of the page, in yuan; ratios are cut, so that no line seems reached that is not."""
    language = get_language() or "zh-hans"
    steps = told(decision, language)
    layers = [step for step in steps.children if step.rule == "layer"]
    discounts = [step for step in steps.children if step.rule == "discount_before"]
    taken = next((step for step in steps.children if step.rule == "taken"), None)
    target = decision.target if decision.target is not None else shortfalls().target
    wanted = (decision.settled * target).quantize(FEN)
    pairs = list(zip(decision.lines, layers, strict=True))
    return DecisionView(
        title=decision.title.get(language),
        taken=(taken.text, *(child.text for child in taken.children)) if taken else (),
        identity=word(decision.taken.identity, language),
        total=decision.total,
        discount=decision.discount,
        settled=decision.settled,
        compliant=decision.compliant,
        outside=decision.settled - decision.compliant,
        paid=decision.paid,
        patient=decision.patient,
        patient_compliant=decision.patient_compliant,
        patient_outside=decision.patient - decision.patient_compliant,
        actual_ratio=_ratio(decision.actual_ratio),
        policy_ratio=_ratio(decision.policy_ratio),
        target=percent(target),
        reaches_target=decision.paid >= wanted,
        short=max(wanted - decision.paid, Decimal(0)),
        discounts=tuple(
            _discount(one, step) for one, step in zip(decision.discounts, discounts, strict=True)
        ),
        lines=tuple(_line(line, step) for line, step in pairs if not _is_elsewhere(line)),
        elsewhere=tuple(_line(line, step) for line, step in pairs if _is_elsewhere(line)),
    )


def _is_elsewhere(line: Line) -> bool:
    return any(reason.code == "care" and not reason.holds for reason in line.reasons)


def _zh() -> bool:
    return not (get_language() or "").startswith("en")


def _ratio(share: Decimal | None) -> str:
    return _("n/a") if share is None else percent_cut(share)


def _discount(one: Discounted, step: Told) -> PayerLine:
    return PayerLine(
        code=one.code,
        label=step.title,
        amount=one.amount,
        base=one.of,
        deductible=Decimal(0),
        left_after=Decimal(0),
        clause=one.clause,
        applied=one.applied,
        steps=(step,),
        reasons=step.reasons,
    )


def _line(line: Line, step: Told) -> PayerLine:
    return PayerLine(
        code=line.layer,
        label=step.title,
        amount=line.amount,
        base=line.base,
        deductible=line.deductible,
        left_after=line.left_after,
        clause=line.clause,
        applied=line.applied,
        steps=step.children,
        reasons=step.reasons,
    )


def plain_sentences(view: DecisionView) -> list[str]:
    """The same decision as one would say it to the patient at the window."""
    figures = {"total": _money(view.total), "patient": _money(view.patient), "paid": _money(view.paid)}
    told_lines = [_("This time the treatment cost %(total)s yuan in all.") % figures]
    if view.discount:
        told_lines.append(
            _("The hospital takes %(amount)s yuan off first.") % {"amount": _money(view.discount)}
        )
    told_lines += [
        _("%(payer)s pays %(amount)s yuan of it.")
        % {"payer": _first_upper(line.label), "amount": _money(line.amount)}
        for line in view.payers
    ]
    told_lines.append(_("You yourself pay %(patient)s yuan.") % figures)
    if view.patient_outside:
        told_lines.append(
            _("Of that, %(amount)s yuan are for things outside the insurance catalogue.")
            % {"amount": _money(view.patient_outside)}
        )
    told_lines += [
        _("%(payer)s pays nothing this time: %(why)s.")
        % {"payer": _first_upper(line.label), "why": line.why_nothing}
        for line in view.lines
        if not line.amount and line.why_nothing
    ]
    return told_lines


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
