from claims.models.admissions import Admission, BillItem
from claims.models.burdens import ConsumptionSurvey, RuleSetInForce
from claims.models.checks import LedgerCheck, LedgerFault
from claims.models.funds import ClosedMonth, Fund, FundEntry, FundNotice
from claims.models.numbers import RunningNumber
from claims.models.payables import Payable, PayableDifference, PayableLine
from claims.models.policies import PolicyDocument, PolicyVersion
from claims.models.receipts import Instalment, InstalmentPlan, Receipt
from claims.models.settlements import Settlement, SettlementLine, YearAccount
from claims.models.simulations import SimulatedBill, Simulation
from claims.models.warnings import BurdenWarning, ReferenceValue, WarningEscalation, WarningStep
from claims.models.year_end import YearEndBatch, YearEndTopUp

__all__ = [
    "Admission",
    "BillItem",
    "BurdenWarning",
    "ClosedMonth",
    "ConsumptionSurvey",
    "Fund",
    "FundEntry",
    "FundNotice",
    "Instalment",
    "InstalmentPlan",
    "LedgerCheck",
    "LedgerFault",
    "Payable",
    "PayableDifference",
    "PayableLine",
    "PolicyDocument",
    "PolicyVersion",
    "Receipt",
    "ReferenceValue",
    "RuleSetInForce",
    "RunningNumber",
    "Settlement",
    "SettlementLine",
    "SimulatedBill",
    "Simulation",
    "WarningEscalation",
    "WarningStep",
    "YearAccount",
    "YearEndBatch",
    "YearEndTopUp",
]
