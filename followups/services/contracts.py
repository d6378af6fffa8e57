"""Contracts: signed for one person or a whole village, renewed, ended. Never two at a time for one person."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.accounts.models import Area, User
from core.accounts.permissions import check
from core.base.periods import add_months
from followups.choices import ContractState, SignedBy
from followups.models import Contract, Team
from followups.packages import all_packages
from followups.queries.contracts import packages_as_json
from followups.sql import statement
from households.models import Person

MONTHS = 12


def sign_contract(
    *,
    person: Person,
    team: Team,
    package: str,
    since: date,
    by: User,
    on: date,
    signed_by: str = SignedBy.SELF,
    signer_name: str = "",
) -> Contract:
    """This will sign one person up with a team for a year, with what the package promises."""
    check(by, "sign_contract")
    _check_team(team, person.village_id)
    if signed_by == SignedBy.GUARDIAN and not signer_name.strip():
        raise ValidationError({"signer_name": _("Write the name of the guardian who signs.")})
    try:
        with transaction.atomic():
            return Contract.objects.create(
                person=person,
                village_id=person.village_id,
                team=team,
                period=DateRange(since, add_months(since, MONTHS)),
                package=package,
                promised=all_packages()[package].promised,
                signed_on=on,
                signed_by=signed_by,
                signer_name=signer_name.strip(),
                recorded_by=by,
            )
    except IntegrityError as overlap:
        raise ValidationError({"since": _overlap_words(person, since)}) from overlap


def sign_village(*, village: Area, team: Team, by: User, on: date) -> int:
    """This will sign up everybody present in a village who has no contract, for a year from the day.

    One statement; to repeat it adds nothing. Gives the number of contracts.
    """
    check(by, "sign_contract")
    _check_team(team, village.pk)
    values: dict[str, Any] = {
        "village": village.pk,
        "team": team.pk,
        "on": on,
        "by": by.pk,
        "packages": packages_as_json(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("sign_village", unsigned=statement("unsigned")), values)
        return int(cursor.rowcount)


def renew(*, contract: Contract, by: User, on: date) -> Contract:
    """This will sign the same team and package again, from the day the contract ends."""
    return sign_contract(
        person=contract.person,
        team=contract.team,
        package=contract.package,
        since=max(contract.period.upper, on) if contract.state == ContractState.SIGNED else on,
        by=by,
        on=on,
        signed_by=contract.signed_by,
        signer_name=contract.signer_name,
    )


def end_contract(*, contract: Contract, reason: str, by: User, on: date) -> Contract:
    """This will end a contract on a day; what was done under it stays."""
    check(by, "sign_contract")
    if not reason.strip():
        raise ValidationError({"reason": _("Write down why the contract ends.")})
    with transaction.atomic():
        held: Contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if held.state != ContractState.SIGNED or held.period.upper <= on:
            raise ValidationError(_("This contract has already ended."))
        held.period = DateRange(held.period.lower, max(on, add_days(held.period.lower)))
        held.state, held.end_reason = ContractState.ENDED, reason.strip()
        held.save(update_fields=["period", "state", "end_reason"])
    return held


def add_days(day: date, days: int = 1) -> date:
    return date.fromordinal(day.toordinal() + days)


def _check_team(team: Team, village_id: int) -> None:
    if team.closed_on:
        raise ValidationError({"team": _("This team has been closed. Choose another.")})
    if not team.villages.filter(pk=village_id).exists():
        raise ValidationError({"team": _("This team does not serve the village. Choose one that does.")})


def _overlap_words(person: Person, since: date) -> str:
    standing = person.contracts.exclude(state=ContractState.DRAFT).filter(period__endswith__gt=since).last()
    until = date_format(standing.period.upper, "DATE_FORMAT") if standing else ""
    return _("There is a contract until %(day)s already. Begin on that day, or end it first.") % {
        "day": until
    }
