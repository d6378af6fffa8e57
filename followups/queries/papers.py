"""One kept paper, for whoever may see what it belongs to."""

from typing import Any

from core.accounts.models import User
from followups.models import KeptPaper


def get_paper(user: User, kind: type[Any], pk: int) -> KeptPaper:
    """One photograph or scan with what it belongs to.

    :raises Http404: outside the user's area, or not for the user to know.
    """
    found: KeptPaper = kind.objects.select_related(f"{kind.OWNER}__person").get_visible(user, pk=pk)
    return found


def papers_of(owner: Any, name: str = "papers") -> list[Any]:
    """The papers of a contract, case, need or referral in the order they came."""
    return list(getattr(owner, name).select_related("added_by").order_by("id"))
