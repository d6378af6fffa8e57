"""Contracts: prepared, signed for one person or a whole village, ended; never two at a time for anybody."""

from dataclasses import dataclass
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
from followups.choices import ContractState, GuardianReason, SignedBy
from followups.models import Contract, Team
from followups.packages import all_packages
from followups.queries.contracts import packages_as_json
from followups.queries.signers import ways_to_sign, why_not_alone
from followups.sql import statement
from followups.states import STATES
from households.models import Person

MONTHS = 12


@dataclass(frozen=True)
class Signature:
    """Whose hand: the person's own, a thumbprint, or a guardian's with name and relation."""

    signed_by: str = SignedBy.SELF
    signer_name: str = ""
    signer_relation: str = ""


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
    signer_relation: str = "",
    follows: Contract | None = None,
) -> Contract:
    """This will sign one person up with a team for a year, with what the package promises."""
    check(by, "sign_contract")
    _check_team(team, person.village_id)
    signature = Signature(signed_by, signer_name.strip(), signer_relation)
    _check_signature(person, signature, by=by, on=since)
    return _made(person, team, package, since, ContractState.SIGNED, signature, by, on, follows)


def draft_contract(*, person: Person, team: Team, package: str, since: date, by: User, on: date) -> Contract:
    """This will prepare the paper: terms without a signature. It binds nobody and stands in nobody's way."""
    check(by, "sign_contract")
    _check_team(team, person.village_id)
    return _made(person, team, package, since, ContractState.DRAFT, Signature(), by, on, None)


def sign_draft(
    *,
    contract: Contract,
    by: User,
    on: date,
    signed_by: str,
    signer_name: str = "",
    signer_relation: str = "",
) -> Contract:
    """This will put the signature under a draft; from then on it is a contract."""
    check(by, "sign_contract")
    signature = Signature(signed_by, signer_name.strip(), signer_relation)
    _check_signature(contract.person, signature, by=by, on=on)
    try:
        with transaction.atomic():
            held: Contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
            STATES.check_move("contract", held.state, ContractState.SIGNED)
            _check_team(held.team, held.village_id)
            held.state, held.signed_on = ContractState.SIGNED, on
            held.signed_by, held.signer_name = signature.signed_by, signature.signer_name
            held.signer_relation = signature.signer_relation
            held.save()
    except IntegrityError as overlap:
        raise ValidationError(_overlap_words(contract.person, contract.period.lower)) from overlap
    return held


def discard_draft(*, contract: Contract, by: User) -> None:
    """This will throw a draft away; a signed contract is only ever ended."""
    check(by, "sign_contract")
    with transaction.atomic():
        held: Contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if held.state != ContractState.DRAFT:
            raise ValidationError(_("This contract is signed. It can be ended, not thrown away."))
        held.delete()


def sign_village(*, village: Area, team: Team, by: User, on: date) -> int:
    """This will sign up everybody present in a village who has no contract, for a year from the day.

    One statement; to repeat it adds nothing. Who needs a guardian that nobody knows of is left out.
    Gives the number of contracts."""
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


def _check_signature(person: Person, signature: Signature, *, by: User, on: date) -> None:
    """This will raise ValidationError where the person cannot sign this way, with the reason."""
    if signature.signed_by == SignedBy.GUARDIAN:
        _check_guardian(person, signature)
    reason = why_not_alone(by, person, on)
    if reason is None or signature.signed_by in ways_to_sign(reason):
        return
    words = {
        GuardianReason.MINOR: _("Under 18: a guardian signs. Choose the guardian and write the name."),
        GuardianReason.DISORDER: _(
            "A severe mental disorder is on record: the guardian signs. Choose the guardian, write the name."
        ),
        GuardianReason.ILLITERATE: _(
            "The register says the person cannot read: take a thumbprint, or let a guardian sign."
        ),
    }
    raise ValidationError({"signed_by": words[reason]})


def _check_guardian(person: Person, signature: Signature) -> None:
    if not signature.signer_name:
        raise ValidationError({"signer_name": _("Write the name of the guardian who signs.")})
    if signature.signer_name == person.name:
        raise ValidationError({"signer_name": _("Nobody is his own guardian. Write the guardian's name.")})
    if not signature.signer_relation:
        raise ValidationError({"signer_relation": _("Choose what the guardian is to the person.")})


def add_days(day: date, days: int = 1) -> date:
    return date.fromordinal(day.toordinal() + days)


def _made(
    person: Person,
    team: Team,
    package: str,
    since: date,
    state: str,
    signature: Signature,
    by: User,
    on: date,
    follows: Contract | None,
) -> Contract:
    try:
        with transaction.atomic():
            return Contract.objects.create(
                person=person,
                village_id=person.village_id,
                team=team,
                period=DateRange(since, add_months(since, MONTHS)),
                package=package,
                promised=all_packages()[package].promised,
                state=state,
                signed_on=on,
                signed_by=signature.signed_by,
                signer_name=signature.signer_name,
                signer_relation=signature.signer_relation,
                recorded_by=by,
                follows=follows,
            )
    except IntegrityError as overlap:
        raise ValidationError({"since": _overlap_words(person, since)}) from overlap


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
