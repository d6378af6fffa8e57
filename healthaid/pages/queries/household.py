"""Everything that is known of one household, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from claims.models import BurdenWarning
from claims.queries.bills import HouseholdYear, household_year
from claims.queries.burdens.board import open_of_household
from core.accounts.models import User
from core.accounts.permissions import may
from followups.models import Contract, Duty, Need, Pairing, Referral, TeamMember, Visit
from followups.queries.duties import open_duties_of_household
from followups.queries.outings import paired_with
from followups.queries.referrals import household_referrals
from healthaid.outreach.models import SurveyHome
from healthaid.outreach.queries.distributions import HandedHome, handed_to
from healthaid.outreach.queries.surveys import waiting_surveys
from households.models import (
    Condition,
    Enrolment,
    Exam,
    Household,
    HouseholdStatus,
    MonitoringCase,
    Person,
)
from households.queries.monitoring import cases_of

VISITS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    household: Household
    members: list[Person]
    left: list[Person]
    conditions: list[Condition]
    contracts: list[Contract]
    doctors: list[TeamMember]
    paired: Pairing | None
    duties: list[Duty]
    visits: list[Visit]
    needs: list[Need]
    referrals: list[Referral]
    statuses: list[HouseholdStatus]
    enrolments: list[Enrolment]
    exams: list[Exam]
    warnings: list[BurdenWarning]
    monitoring: list[MonitoringCase]
    bills: HouseholdYear | None
    handed: HandedHome | None
    surveys: list[SurveyHome]


def _doctors(contracts: list[Contract]) -> list[TeamMember]:
    teams = {contract.team_id for contract in contracts}
    seats = TeamMember.objects.filter(team__in=teams, to_on=None)
    return list(seats.select_related("practitioner", "team").order_by("team_id", "pk"))


def get_household(user: User, uuid: UUID) -> Household:
    """One household within the user's area. Raises Http404 outside it."""
    found: Household = Household.objects.select_related("village").get_visible(user, uuid=uuid)
    return found


def household_facts(user: User, household: Household, on: date) -> HouseholdFacts:
    """This will read one household the user may see; sensitive facts only for health staff."""
    people = list(Person.objects.filter(household=household).order_by("left_on", "birth_date"))
    present = [person for person in people if person.left_on is None]
    conditions: Any = Condition.objects.visible_to(user).filter(person__in=people, ended_on=None)
    signed = Contract.objects.filter(person__in=present, state="signed", period__contains=on)
    contracts = list(signed.select_related("team"))
    visits: Any = Visit.objects.visible_to(user).filter(household=household, is_current=True)
    needs: Any = Need.objects.visible_to(user).filter(household=household)
    return HouseholdFacts(
        household=household,
        members=present,
        left=[person for person in people if person.left_on is not None],
        conditions=list(conditions.select_related("disease").order_by("confirmed_on")),
        contracts=contracts,
        doctors=_doctors(contracts),
        paired=paired_with(household, on),
        duties=open_duties_of_household(user, household.pk, on),
        visits=list(
            visits.select_related("person", "by").order_by("-visited_on", "-received_at")[:VISITS_SHOWN]
        ),
        needs=list(needs.select_related("person", "owner").order_by("closed_on", "due_on", "pk")),
        referrals=household_referrals(user, household.pk),
        statuses=list(HouseholdStatus.objects.filter(household=household).order_by("-period")),
        enrolments=list(
            Enrolment.objects.filter(person__in=present, year=on.year).order_by("person_id", "scheme")
        ),
        warnings=open_of_household(user, household),
        monitoring=cases_of(household) if may(user, "see_monitoring") else [],
        exams=list(Exam.objects.filter(person__in=present, year=on.year)),
        bills=household_year(user, household, on.year) if may(user, "see_bills") else None,
        handed=handed_to(household, on) if may(user, "see_distributions") else None,
        surveys=list(waiting_surveys(user, household.pk)) if may(user, "ask_survey") else [],
    )
