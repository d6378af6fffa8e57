"""The addresses of the rules and of trying them out."""

from django.urls import path

from claims.views import policies, policy_documents, policy_texts, simulations

urlpatterns = [
    path("policies/", policies.index, name="policies"),
    path("policies/new/", policies.start, name="policy_new"),
    path("policies/check/", policy_texts.check_text, name="policy_check"),
    path("policies/<int:pk>/", policies.policy, name="policy"),
    path("policies/<int:pk>/numbers/", policy_texts.numbers, name="policy_numbers"),
    path("policies/<int:pk>/text/", policy_texts.text, name="policy_text"),
    path("policies/<int:pk>/cases/", policy_texts.accept, name="policy_cases"),
    path("policies/<int:pk>/compare/", policies.compare, name="policy_compare"),
    path("policies/<int:pk>/approve/", policies.approve_page, name="policy_approve"),
    path("policies/<int:pk>/retire/", policies.retire_page, name="policy_retire"),
    path("policies/<int:pk>/discard/", policies.discard, name="policy_discard"),
    path("policies/documents/new/", policy_documents.new, name="policy_document_new"),
    path("policies/documents/<int:pk>/", policy_documents.document, name="policy_document"),
    path("policies/documents/<int:pk>/edit/", policy_documents.revise, name="policy_document_edit"),
    path("policies/documents/<int:pk>/file/", policy_documents.file, name="policy_document_file"),
    path("simulations/", simulations.index, name="simulations"),
    path("simulations/<int:pk>/", simulations.simulation, name="simulation"),
    path("simulations/<int:pk>/cancel/", simulations.cancel, name="simulation_cancel"),
    path("simulations/<int:pk>/bills/", simulations.bills, name="simulation_bills"),
    path("simulations/<int:pk>/bills/<int:bill_pk>/", simulations.bill, name="simulated_bill"),
    path("simulations/<int:pk>/export/", simulations.export, name="simulation_export"),
]
