from claims.services.admissions.admitting import AdmissionWanted, admit
from claims.services.admissions.billing import ItemWanted, report_amounts, write_bill
from claims.services.admissions.dividing import divide_at_new_year
from claims.services.admissions.instalments import InstalmentsWanted, InstalmentWanted, agree_instalments
from claims.services.admissions.money import receive_payment, refund
from claims.services.admissions.staying import cancel_admission, discharge, return_to_ward

__all__ = [
    "AdmissionWanted",
    "InstalmentWanted",
    "InstalmentsWanted",
    "ItemWanted",
    "admit",
    "agree_instalments",
    "cancel_admission",
    "discharge",
    "divide_at_new_year",
    "receive_payment",
    "refund",
    "report_amounts",
    "return_to_ward",
    "write_bill",
]
