"""The addresses of funds, claims to payers and the reckoning of the books."""

from django.urls import path

from claims.views.funds import acts as fund_acts
from claims.views.funds import layers
from claims.views.funds import shown as funds
from claims.views.payables import acts, files, partial, reckoning, shown, year_end

urlpatterns = [
    path("funds/", funds.fund_list, name="funds"),
    path("funds/new/", fund_acts.fund_new, name="fund_new"),
    path("funds/layers/", layers.layer_page, name="layers"),
    path("funds/layers/export/", layers.layer_export, name="layers_export"),
    path("funds/<int:pk>/", funds.fund, name="fund"),
    path("funds/<int:pk>/put-in/", fund_acts.fund_put_in, name="fund_put_in"),
    path("funds/<int:pk>/correct/", fund_acts.fund_correct, name="fund_correct"),
    path("funds/<int:pk>/warning/", fund_acts.fund_warning, name="fund_warning"),
    path("payables/", shown.payable_list, name="payables"),
    path("payables/months/<int:county>/<str:month>/claim/", acts.month_claim, name="month_claim"),
    path("payables/months/<int:county>/<str:month>/close/", acts.month_close, name="month_close"),
    path("payables/differences/<int:pk>/", acts.difference, name="difference"),
    path("payables/year-end/", year_end.year_ends, name="year_ends"),
    path(
        "payables/year-end/<int:county>/<int:year>/<slug:rule>/",
        year_end.year_end_preview,
        name="year_end_preview",
    ),
    path("payables/year-end/<int:pk>/", year_end.year_end, name="year_end"),
    path("payables/year-end/<int:pk>/export/", year_end.year_end_export, name="year_end_export"),
    path("payables/year-end/slips/<int:pk>.pdf", year_end.year_end_slip, name="year_end_slip"),
    path("payables/<int:pk>/", shown.payable, name="payable"),
    path("payables/<int:pk>/claim/", acts.payable_claim, name="payable_claim"),
    path("payables/<int:pk>/paid/", acts.payable_paid, name="payable_paid"),
    path("payables/<int:pk>/partial/", partial.payable_partial, name="payable_partial"),
    path("payables/<int:pk>/answer/", acts.payable_answer, name="payable_answer"),
    path("payables/<int:pk>/refused/", acts.payable_refused, name="payable_refused"),
    path("payables/<int:pk>/sheet.<str:kind>", files.claim_sheet, name="claim_sheet"),
    path("reconciliation/", reckoning.checks, name="checks"),
    path("reconciliation/<int:pk>/", reckoning.check, name="check"),
]
