"""The words of the window's papers. Figures are those of the decision that the screen shows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.choices import ItemClass, ReceiptKind, SettlementKind
from claims.models import Receipt, Settlement
from claims.papers.documents import Agreement, Fact, ReceiptPaper, Slip, SlipLine, Statement
from claims.policy.decision import decision_from_json
from claims.policy.facts import facts_from_json
from claims.presenters.bills import CostRow, costs_of
from claims.presenters.decisions import DecisionView, plain_sentences, present_decision
from claims.presenters.window import days_words
from core.accounts.models import User


def _language() -> str:
    return get_language() or "zh-hans"


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace("-", "−")


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def trace_of(by: User, at: datetime) -> str:
    return _("Printed by %(name)s on %(time)s") % {
        "name": by.get_full_name(),
        "time": date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT"),
    }


def slip_of(settlement: Settlement, *, by: User, at: datetime) -> Slip:
    """Every payer, its clause, both ratios, the document, the revision: as it was settled, nothing newer.

    A reversal shows what it takes back."""
    kept = decided(settlement)
    view = present_decision(decision_from_json(kept.decision))
    costs = costs_of(_lines(kept), _("Together"))
    number = f"{settlement.number}-{settlement.revision}"
    return Slip(
        language=_language(),
        title=_("One-stop settlement of medical costs"),
        hospital=settlement.institution.name,
        number=_("No. %(number)s") % {"number": number},
        mark=_mark(settlement),
        facts=_person_facts(settlement, view),
        cost_title=_("Costs (yuan)"),
        cost_heads=_cost_heads(),
        costs=tuple(_cost(row) for row in [*costs.rows, costs.sums]),
        payer_title=_("Who pays (yuan)"),
        payer_heads=(_("Payer"), _("Clause"), _("Base"), _("Deductible"), _("Amount")),
        payers=tuple(_payer_lines(view)),
        sums=_sums(view),
        patient=(_("The patient pays (yuan)"), yuan(view.patient)),
        ratios=(
            (_("Actual ratio (÷ total cost)"), view.actual_ratio),
            (_("In-policy ratio (÷ compliant cost)"), view.policy_ratio),
        ),
        basis=_basis(settlement, view),
        places=(_("Patient or family"), _("Settled by"), _("Checked by")),
        copies=_("Three copies: patient, hospital, insurance office."),
        trace=trace_of(by, at),
        page=_("Page {n} of {m}"),
    )


def _cost_heads() -> tuple[str, ...]:
    classes = tuple(str(item_class.label) for item_class in ItemClass)
    return (_("Kind of cost"), *classes, _("of it paid first"), _("of it over the limit"), _("Sum"))


def decided(settlement: Settlement) -> Settlement:
    """The revision whose decision is printed: a reversal has none of its own."""
    return settlement if settlement.decision or not settlement.reverses else settlement.reverses


def _mark(settlement: Settlement) -> str:
    if settlement.kind == SettlementKind.REVERSED:
        return _("Reversal: every amount below is taken back")
    if not settlement.is_standing:
        return _("Replaced, no longer valid")
    return "" if settlement.kind == SettlementKind.SETTLED else settlement.get_kind_display().capitalize()


def _lines(settlement: Settlement) -> list[Any]:
    """The bill as it was settled, from the kept facts: a later correction does not change an old slip."""
    facts = facts_from_json(settlement.facts)
    return [
        _Item(line.category, line.cls, line.amount, line.first_pay, line.over_limit) for line in facts.lines
    ]


@dataclass(frozen=True)
class _Item:
    category: str
    item_class: str
    amount: Decimal
    first_pay: Decimal
    over_limit: Decimal


def _cost(row: CostRow) -> tuple[str, ...]:
    figures = (row.class_a, row.class_b, row.class_c, row.first_pay, row.over_limit, row.total)
    return (row.label, *(yuan(figure) if figure else "" for figure in figures))


def _person_facts(settlement: Settlement, view: DecisionView) -> tuple[Fact, ...]:
    person, stay = settlement.person, settlement.admission
    return (
        (_("Name"), person.name),
        (_("Sex"), person.get_sex_display()),
        (_("Identity number"), person.id_masked),
        (_("Identity"), view.identity),
        (_("Village"), person.village.name),
        (_("Household number"), settlement.household.register_no),
        (_("Hospital's own number"), stay.hospital_no or "—"),
        (_("Stay"), days_words(stay)),
        (_("Care"), f"{stay.get_care_display()} · {settlement.admission.get_level_display()}"),
        (_("Diagnosis"), " ".join(filter(None, [stay.diagnosis, stay.icd10]))),
        (_("Settled on"), _day(settlement.settled_on)),
        (_("Referral"), stay.get_referral_display()),
    )


def _payer_lines(view: DecisionView) -> list[SlipLine]:
    given = [
        SlipLine(one.label, one.clause, yuan(one.base), "", yuan(one.amount), "") for one in view.discounts
    ]
    return given + [
        SlipLine(
            line.label,
            line.clause,
            yuan(line.base) if line.base else "",
            yuan(line.deductible) if line.deductible else "",
            yuan(line.amount),
            line.why_nothing,
        )
        for line in view.lines
    ]


def _sums(view: DecisionView) -> tuple[Fact, ...]:
    return (
        (_("Total cost"), yuan(view.total)),
        (_("Price reduction"), yuan(view.discount)),
        (_("Compliant cost"), yuan(view.compliant)),
        (_("Outside the policy's range"), yuan(view.outside)),
        (_("Paid by all payers"), yuan(view.paid)),
        (_("Patient, outside the policy's range"), yuan(view.patient_outside)),
    )


def _basis(settlement: Settlement, view: DecisionView) -> tuple[Fact, ...]:
    document = settlement.policy.document
    policy = " ".join(filter(None, [view.title, _("version %(n)s") % {"n": settlement.policy.number}]))
    facts: list[Fact] = [(_("Policy"), policy)]
    if document:
        facts.append((_("Document"), f"{document.number} {document.title}（{document.issuer}）"))
    if settlement.reason:
        facts.append((_("Reason"), settlement.reason))
    if settlement.because_of_id:
        facts.append((_("Because of"), str(settlement.because_of)))
    facts.append((_("Checksum of the policy"), settlement.policy_sha256[:16]))
    return tuple(facts)


def statement_of(settlement: Settlement, *, by: User, at: datetime) -> Statement:
    view = present_decision(decision_from_json(decided(settlement).decision))
    return Statement(
        language=_language(),
        title=_("What your treatment cost, and who pays"),
        hospital=settlement.institution.name,
        number=f"{settlement.number}-{settlement.revision}",
        greeting=_("%(name)s: this is the account of your stay of %(days)s.")
        % {"name": settlement.person.name, "days": days_words(settlement.admission)},
        sentences=tuple(plain_sentences(view)),
        pay_title=_("You pay (yuan)"),
        pay=yuan(view.patient),
        pay_note="",
        whom=_("Questions? Ask at the settlement window, or your family doctor."),
        trace=trace_of(by, at),
    )


def agreement_of(stay: Any, *, by: User, at: datetime) -> Agreement:
    """先诊疗后付费协议书 (DOMAIN A3, B3.2)."""
    person = stay.person
    return Agreement(
        language=_language(),
        title=_("Agreement: treatment first, payment later"),
        hospital=stay.institution.name,
        number=_("Hospital's own number: %(no)s") % {"no": stay.hospital_no or "—"},
        facts=(
            (_("Patient"), person.name),
            (_("Identity number"), person.id_masked),
            (_("Village"), person.village.name),
            (_("Household number"), stay.household.register_no),
            (_("Admitted on"), _day(stay.admitted_on)),
            (_("Diagnosis"), stay.diagnosis),
        ),
        clauses_title=_("Hospital and patient agree:"),
        clauses=_clauses(),
        places=(
            (
                _("Signed for the patient (%(name)s)") % {"name": stay.signer_name},
                _("Relation and phone"),
                _("Date"),
            ),
            (_("For the hospital (stamp)"), _("Signed by"), _("Date")),
        ),
        copies=_("Two copies, one for each side."),
        trace=trace_of(by, at),
    )


def _clauses() -> tuple[str, ...]:
    return (
        _("The hospital treats the patient at once and asks for no deposit."),
        _(
            "The patient shows identity card and insurance card; the hospital keeps copies and shows the "
            "costs of every day."
        ),
        _(
            "At discharge insurance, critical-illness insurance, aid and funds are reckoned in one step; the "
            "patient pays only the own share."
        ),
        _(
            "Who cannot pay the own share at once agrees with the hospital on instalments; village or "
            "township may stand surety."
        ),
        _(
            "It does not hold for injuries by a third party, for fights, drink or drugs, nor for who is not "
            "insured this year."
        ),
        _(
            "Who is able to pay and does not loses the right to treatment before payment until the debt is "
            "paid."
        ),
    )


def receipt_of(receipt: Receipt, *, by: User, at: datetime) -> ReceiptPaper:
    stay = receipt.admission
    is_refund = receipt.kind == ReceiptKind.REFUND
    return ReceiptPaper(
        language=_language(),
        title=_("Receipt of money given back") if is_refund else _("Receipt"),
        hospital=stay.institution.name,
        number=_("No. %(number)s") % {"number": receipt.number},
        facts=(
            (_("Name"), stay.person.name),
            (_("Hospital's own number"), stay.hospital_no or "—"),
            (_("Kind"), receipt.get_kind_display()),
            (_("Paid by"), receipt.get_way_display()),
            (_("Date"), _day(receipt.received_on)),
            (_("Taken by"), receipt.received_by.get_full_name()),
        ),
        amount=(_("Amount (yuan)"), yuan(abs(receipt.amount))),
        rest=receipt.note,
        places=(_("Patient or family"), _("Taken by")),
        trace=trace_of(by, at),
    )
