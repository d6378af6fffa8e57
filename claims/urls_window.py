from django.urls import path

from claims.views import bills
from claims.views.window import bill, correct, desk, hospital, papers, person, settle, stay

urlpatterns = [
    path("window/", desk.window, name="window"),
    path("window/hospital/", hospital.window_hospital, name="window_hospital"),
    path("window/diseases/", person.window_diseases, name="window_diseases"),
    path("window/persons/<uuid:uuid>/", person.window_person, name="window_person"),
    path("window/persons/<uuid:uuid>/admit/", person.window_admit, name="window_admit"),
    path("window/stays/<uuid:uuid>/", stay.stay_page, name="stay"),
    path("window/stays/<uuid:uuid>/bill/", bill.stay_bill, name="stay_bill"),
    path("window/stays/<uuid:uuid>/file/", bill.stay_file, name="stay_file"),
    path("window/stays/<uuid:uuid>/settle/", settle.stay_settle, name="stay_settle"),
    path("window/stays/<uuid:uuid>/correct/", correct.stay_correct, name="stay_correct"),
    path("window/stays/<uuid:uuid>/agreement.pdf", papers.stay_agreement, name="stay_agreement"),
    path("window/receipts/<uuid:uuid>.pdf", papers.receipt, name="receipt"),
    path("bills/", bills.bill_list, name="bills"),
    path("bills/<uuid:uuid>/", bills.bill_page, name="bill"),
    path("bills/slips/<uuid:uuid>.pdf", bills.bill_slip, name="bill_slip"),
    path("bills/statements/<uuid:uuid>.pdf", bills.bill_statement, name="bill_statement"),
]
