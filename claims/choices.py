"""Code tables of the money: kinds of care and cost, and what becomes of a bill, a policy, a fund."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Care(models.TextChoices):
    INPATIENT = "inpatient", _("inpatient")
    OUTPATIENT = "outpatient", _("outpatient")
    CHRONIC_OUTPATIENT = "chronic_outpatient", _("outpatient care of a chronic disease")


class HospitalLevel(models.TextChoices):
    """Ranks by position: the highest level used in a year decides some ceilings (DOMAIN B3.5)."""

    VILLAGE = "village", _("village clinic")
    TOWNSHIP = "township", _("township hospital")
    COUNTY = "county", _("county hospital")
    CITY = "city", _("city hospital")
    PROVINCE = "province", _("provincial hospital")


class ItemCategory(models.TextChoices):
    BED = "bed", _("bed fee")
    CONSULTATION = "consultation", _("consultation fee")
    TREATMENT = "treatment", _("treatment fee")
    NURSING = "nursing", _("nursing fee")
    SURGERY = "surgery", _("surgery fee")
    EXAMINATION = "examination", _("examination fee")
    LABORATORY = "laboratory", _("laboratory fee")
    WESTERN_DRUG = "western_drug", _("western medicine fee")
    CHINESE_DRUG = "chinese_drug", _("Chinese medicine fee")
    MATERIAL = "material", _("material fee")
    BLOOD = "blood", _("blood fee")
    OTHER = "other", _("other fee")


class ItemClass(models.TextChoices):
    """甲类、乙类、自费 (DOMAIN B3.3)."""

    A = "A", _("class A, covered in full")
    B = "B", _("class B, a part paid first")
    C = "C", _("outside the catalogue")


class AdmissionState(models.TextChoices):
    ADMITTED = "admitted", _("admitted")
    DISCHARGED = "discharged", _("discharged, not settled")
    SETTLED = "settled", _("settled")
    CLOSED = "closed", _("settled and paid")
    CANCELLED = "cancelled", _("cancelled")


class ReferralStanding(models.TextChoices):
    """Whether the rules of referral were followed: some policies pay less where they were not."""

    NOT_NEEDED = "not_needed", _("no referral needed")
    FOLLOWED = "followed", _("referred by the rules")
    NOT_FOLLOWED = "not_followed", _("came without referral")


class NoCredit(models.TextChoices):
    """Why somebody was not admitted before paying (DOMAIN B3.2): a paid deposit needs one of these."""

    THIRD_PARTY = "third_party", _("injury by a third party")
    FIGHT = "fight", _("fight, drink or drugs")
    SELF_HARM = "self_harm", _("poisoning or self-harm, by the county's rule")
    UNINSURED = "uninsured", _("not insured this year")
    NO_REFERRAL = "no_referral", _("transferred without referral")
    ARREARS = "arrears", _("earlier arrears, by decision")
    DECLINED = "declined", _("the family wished to pay at once")


class SettlementKind(models.TextChoices):
    SETTLED = "settled", _("settled")
    CORRECTED = "corrected", _("corrected")
    ADJUSTED = "adjusted", _("adjusted after another bill")
    REVERSED = "reversed", _("reversed")


class PolicyState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", pgettext_lazy("policy", "approved")
    RETIRED = "retired", _("retired")


class ReceiptKind(models.TextChoices):
    DEPOSIT = "deposit", _("deposit")
    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")


class PayWay(models.TextChoices):
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")
    MOBILE = "mobile", _("mobile payment")
    ACCOUNT = "account", _("insurance account")


class NumberKind(models.TextChoices):
    SETTLEMENT = "settlement", _("settlement number")
    RECEIPT = "receipt", _("receipt number")


class EntryKind(models.TextChoices):
    OPENING = "opening", _("opening balance")
    GRANT = "grant", _("money put in")
    SETTLEMENT = "settlement", _("paid for a bill")
    REVERSAL = "reversal", _("taken back with a reversal")
    CORRECTION = "correction", _("correction of the ledger")


class PayableState(models.TextChoices):
    """待申报、已申报、已拨付、拒付 (DOMAIN B3.2)."""

    PENDING = "pending", _("not claimed yet")
    CLAIMED = "claimed", _("claimed from the payer")
    PAID = "paid", _("paid by the payer")
    REFUSED = "refused", _("refused by the payer")


class DifferenceKind(models.TextChoices):
    PAID_LESS = "paid_less", _("paid less than claimed")
    PAID_MORE = "paid_more", _("paid more than claimed")
    NOT_KNOWN = "not_known", _("the payer does not know the bill")
    NOT_OURS = "not_ours", _("the payer paid a bill that is not ours")


class FundCause(models.TextChoices):
    """Why the county is told of a fund."""

    LOW = "low", _("little money left")
    EMPTY = "empty", _("no money left")
    SHORT = "short", _("will not last the year")


class FaultKind(models.TextChoices):
    """What a reckoning from the papers may find otherwise than what is written."""

    FUND_BALANCE = "fund_balance", _("the balance of a fund is not the sum of its entries")
    ENTRY_AMOUNT = "entry_amount", _("an entry of a fund is not what the bill's line says")
    ENTRY_MISSING = "entry_missing", _("a line was paid by a fund and is not in its ledger")
    LINES = "lines", _("the lines of a settlement do not make what the payers pay")
    BILL = "bill", _("the total of a settlement is not the sum of the bill")
    REVERSAL = "reversal", _("a reversal does not take back every line")
    STANDING = "standing", _("what stands and what was reversed contradict each other")
    STAY = "stay", _("the stay and its settlement contradict each other")
    YEAR = "year", _("the year's total of a layer is not the sum of its lines")
    CLAIMED = "claimed", _("what was claimed is not the sum of its lines")
    MISPLACED = "misplaced", _("a line is claimed from another payer or for another hospital")


class WarningState(models.TextChoices):
    RAISED = "raised", _("to be verified at home")
    VERIFIED = "verified", _("verified, measures to be taken")
    HELPED = "helped", _("measures taken")
    CLOSED = "closed", _("risk removed")
    DISMISSED = "dismissed", _("no risk found")


class SimulationState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class WhoActs(models.TextChoices):
    """Who can do something about a bill that was paid too little of."""

    CLERK = "clerk", pgettext_lazy("who acts", "hospital window")
    TOWNSHIP = "township", pgettext_lazy("who acts", "township")
    COUNTY = "county", pgettext_lazy("who acts", "county")
    FAMILY = "family", pgettext_lazy("who acts", "family, told by the village doctor")
