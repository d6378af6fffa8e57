from claims.models.admissions import Admission, BillItem, Instalment, InstalmentPlan, Receipt
from claims.models.funds import ClosedMonth, Fund, FundEntry
from claims.models.payables import Payable, PayableDifference, PayableLine
from claims.models.policies import PolicyDocument, PolicyVersion
from claims.models.settlements import Settlement, SettlementLine, YearAccount
from claims.models.simulations import SimulatedBill, Simulation
from claims.models.warnings import BurdenWarning, ReferenceValue, WarningStep

__all__ = [
    "Admission",
    "BillItem",
    "BurdenWarning",
    "ClosedMonth",
    "Fund",
    "FundEntry",
    "Instalment",
    "InstalmentPlan",
    "Payable",
    "PayableDifference",
    "PayableLine",
    "PolicyDocument",
    "PolicyVersion",
    "Receipt",
    "ReferenceValue",
    "Settlement",
    "SettlementLine",
    "SimulatedBill",
    "Simulation",
    "WarningStep",
    "YearAccount",
]
