from claims.services.policies.approving import approve, retire
from claims.services.policies.documents import DocumentWanted, record_document, revise_document
from claims.services.policies.drafting import (
    accept_results,
    checksum,
    discard_draft,
    rewrite_draft,
    start_draft,
    with_results,
)

__all__ = [
    "DocumentWanted",
    "accept_results",
    "approve",
    "checksum",
    "discard_draft",
    "record_document",
    "retire",
    "revise_document",
    "rewrite_draft",
    "start_draft",
    "with_results",
]
