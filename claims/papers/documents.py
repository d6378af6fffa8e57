"""The papers of the window: settlement slip, plain statement, agreement, receipt. Words come in ready."""

from dataclasses import dataclass
from pathlib import Path

from core.base.typesetting import typeset

_HERE = Path(__file__).parent
Fact = tuple[str, str]


@dataclass(frozen=True)
class SlipLine:
    label: str
    clause: str
    base: str
    deductible: str
    amount: str
    note: str


@dataclass(frozen=True)
class Slip:
    """医疗费用“一站式”结算单. `costs` are rows of the bill, with the same columns as `cost_heads`."""

    language: str
    title: str
    hospital: str
    number: str
    mark: str
    facts: tuple[Fact, ...]
    cost_title: str
    cost_heads: tuple[str, ...]
    costs: tuple[tuple[str, ...], ...]
    payer_title: str
    payer_heads: tuple[str, ...]
    payers: tuple[SlipLine, ...]
    sums: tuple[Fact, ...]
    patient: Fact
    ratios: tuple[Fact, ...]
    basis: tuple[Fact, ...]
    places: tuple[str, ...]
    copies: str
    trace: str
    page: str


@dataclass(frozen=True)
class Statement:
    """出院费用说明: large type, whole sentences."""

    language: str
    title: str
    hospital: str
    number: str
    greeting: str
    sentences: tuple[str, ...]
    pay_title: str
    pay: str
    pay_note: str
    whom: str
    trace: str


@dataclass(frozen=True)
class Agreement:
    """先诊疗后付费协议书."""

    language: str
    title: str
    hospital: str
    number: str
    facts: tuple[Fact, ...]
    clauses_title: str
    clauses: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    copies: str
    trace: str


@dataclass(frozen=True)
class ReceiptPaper:
    """收款收据 or 退款收据."""

    language: str
    title: str
    hospital: str
    number: str
    facts: tuple[Fact, ...]
    amount: Fact
    rest: str
    places: tuple[str, ...]
    trace: str


def slip_pdf(slip: Slip) -> bytes:
    return typeset(_HERE / "slip.typ", slip)


def statement_pdf(statement: Statement) -> bytes:
    return typeset(_HERE / "statement.typ", statement)


def agreement_pdf(agreement: Agreement) -> bytes:
    return typeset(_HERE / "agreement.typ", agreement)


def receipt_pdf(receipt: ReceiptPaper) -> bytes:
    return typeset(_HERE / "receipt.typ", receipt)
