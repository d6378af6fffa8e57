"""The signed paper: photographs of it are kept with the contract."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.accounts.permissions import check
from core.base.papers import keep_paper
from followups.models import Contract, ContractPaper

FOLDER = "papers"


def add_paper(*, contract: Contract, file: Any, by: User, on: date) -> ContractPaper:
    """This will keep one page. `file` has chunks(); the same page twice is kept once."""
    check(by, "sign_contract")
    kept = keep_paper(file, folder=FOLDER)
    with transaction.atomic():
        Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        present = ContractPaper.objects.filter(contract=contract)
        same: ContractPaper | None = present.filter(sha256=kept.sha256).first()
        if same:
            return same
        if present.count() >= ContractPaper.MOST:
            words = _("A contract holds at most %(most)s pages. Photograph several sheets together.")
            raise ValidationError(words % {"most": ContractPaper.MOST})
        paper: ContractPaper = ContractPaper.objects.create(
            contract=contract,
            path=kept.path,
            sha256=kept.sha256,
            media_type=kept.media_type,
            size=kept.size,
            added_on=on,
            added_by=by,
        )
        return paper


def remove_paper(*, paper: ContractPaper, by: User) -> None:
    """This will take a page off the contract: the wrong sheet, a blurred picture. History says who did."""
    check(by, "sign_contract")
    paper.delete()
