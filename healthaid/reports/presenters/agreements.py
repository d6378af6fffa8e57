"""Contracts worded as agreements: parties, term, promised counts, members, clauses, places to sign."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from followups.agreement import agreement
from followups.choices import ContractState, SignedBy, Slot
from followups.models import Contract, TeamMember
from followups.packages import all_items, all_packages
from healthaid.reports.documents.agreement import (
    Agreement,
    Agreements,
    Headings,
    Line,
    Party,
    Promise,
)
from healthaid.reports.presenters.words import trace

Members = Mapping[int, Sequence[TeamMember]]


def agreements_of(contracts: Iterable[Contract], members: Members, *, by: User, at: datetime) -> Agreements:
    """This will word any number of contracts. What nobody has signed yet has rules to sign on."""
    return Agreements(
        language=_language(),
        headings=_headings(),
        trace=trace(by, at),
        agreements=tuple(_agreement(contract, members.get(contract.team_id, ())) for contract in contracts),
    )


def _language() -> str:
    return get_language() or "zh-hans"


def _headings() -> Headings:
    return Headings(
        title=_("Family-doctor service agreement"),
        number=_("No."),
        term=_("Term"),
        package=_("Package"),
        item=_("Promised"),
        count=_("In the contract year"),
        members=_("The team"),
        clauses=_("Agreed"),
        stamp=_("Stamp of the institution"),
        copies=_("Made out twice; each side keeps one."),
        page=_("Page {n} of {m}"),
    )


def _agreement(contract: Contract, members: Sequence[TeamMember]) -> Agreement:
    language, package = _language(), all_packages().get(contract.package)
    return Agreement(
        number=str(contract.pk or ""),
        parties=(_resident(contract), _team(contract, members)),
        term=_term(contract),
        package=package.title.get(language) if package else contract.package,
        source=package.source if package else "",
        promises=tuple(_promises(contract)),
        members=tuple((member.get_slot_display(), member.practitioner.name) for member in members),
        clauses=tuple((each.title.get(language), each.text.get(language)) for each in agreement().clause),
        places=(_resident_signs(contract), _team_signs(contract)),
    )


def _resident(contract: Contract) -> Party:
    person, household = contract.person, contract.person.household
    place = [contract.village.parent.name if contract.village.parent else "", contract.village.name]
    lines = (
        (_("Name"), person.name),
        (_("Sex"), person.get_sex_display()),
        (_("Born"), date_format(person.birth_date, "DATE_FORMAT")),
        (_("Identity number"), person.id_masked),
        (_("Register number"), household.register_no),
        (_("Lives in"), " ".join(filter(None, [*place, household.group_name]))),
        (_("Phone"), ""),
    )
    return Party(_("Party A: the resident"), lines)


def _team(contract: Contract, members: Sequence[TeamMember]) -> Party:
    leader = next((each.practitioner.name for each in members if each.slot == Slot.LEADER), "")
    lines = (
        (_("Team"), contract.team.name),
        (_("Institution"), contract.team.institution.name),
        (_("Team leader"), leader),
        (_("Phone"), ""),
    )
    return Party(_("Party B: the family-doctor team"), lines)


def _term(contract: Contract) -> str:
    """The last day is the one before the period's open end."""
    first, after = contract.period.lower, contract.period.upper
    return _("From %(first)s up to and including %(last)s.") % {
        "first": date_format(first, "DATE_FORMAT"),
        "last": date_format(after - timedelta(days=1), "DATE_FORMAT"),
    }


def _promises(contract: Contract) -> Iterable[Promise]:
    for code, item in all_items().items():
        if count := contract.promised.get(code):
            language = _language()
            yield Promise(item.title.get(language), f"{count} {item.unit.get(language)}")


def _resident_signs(contract: Contract) -> tuple[Line, ...]:
    signed = contract.state == ContractState.SIGNED
    guardian = contract.signed_by == SignedBy.GUARDIAN
    by_guardian = (contract.signer_name, contract.get_signer_relation_display()) if guardian else ("", "")
    return (
        (_("Resident (signature or thumbprint)"), ""),
        (_("Guardian (signature)"), by_guardian[0]),
        (_("What the guardian is to the resident"), by_guardian[1]),
        (_("Date"), _day(contract.signed_on) if signed else ""),
    )


def _team_signs(contract: Contract) -> tuple[Line, ...]:
    signed = contract.state == ContractState.SIGNED
    return (
        (_("Team leader (signature)"), ""),
        (_("Date"), _day(contract.signed_on) if signed else ""),
    )


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
