"""The facts that indicators count: one statement each, one row for each thing counted.

Every fact gives key, person_id, household_id, village_id, team_id and its own columns, is cut by a Slice,
and is served by an index that begins with the village."""

from enum import StrEnum

from healthaid.reports.indicators.facts.burdens import ADMISSIONS, BURDENS, MONITORED, RISKS, STAYS
from healthaid.reports.indicators.facts.files import FILES, IDENTIFICATIONS
from healthaid.reports.indicators.facts.managed import CLOSINGS, MANAGED
from healthaid.reports.indicators.facts.outings import RETURNS, SURVEYED
from healthaid.reports.indicators.facts.people import HOUSEHOLDS, KNOWN, PATIENTS, PEOPLE
from healthaid.reports.indicators.facts.places import CLINICS, EVENTS, HOSPITALS, VILLAGES
from healthaid.reports.indicators.facts.work import (
    CASES,
    CLOSED,
    DUTIES,
    MONTHS,
    NEEDS,
    PRIORITIES,
    PROMISES,
    REFERRALS,
    SERVED,
    VISITS,
)


class Fact(StrEnum):
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    PATIENTS = "patients"
    MANAGED = "managed"
    CLOSINGS = "closings"
    DUTIES = "duties"
    VISITS = "visits"
    NEEDS = "needs"
    REFERRALS = "referrals"
    PRIORITIES = "priorities"
    CASES = "cases"
    MONTHS = "months"
    SERVED = "served"
    PROMISES = "promises"
    RETURNS = "returns"
    BURDENS = "burdens"
    STAYS = "stays"
    MONITORED = "monitored"
    RISKS = "risks"
    KNOWN = "known"
    CLOSED = "closed"
    ADMISSIONS = "admissions"
    VILLAGES = "villages"
    CLINICS = "clinics"
    HOSPITALS = "hospitals"
    EVENTS = "events"
    SURVEYED = "surveyed"
    FILES = "files"
    IDENTIFICATIONS = "identifications"


STATEMENTS: dict[Fact, str] = {
    Fact.HOUSEHOLDS: HOUSEHOLDS,
    Fact.PEOPLE: PEOPLE,
    Fact.PATIENTS: PATIENTS,
    Fact.MANAGED: MANAGED,
    Fact.CLOSINGS: CLOSINGS,
    Fact.DUTIES: DUTIES,
    Fact.VISITS: VISITS,
    Fact.NEEDS: NEEDS,
    Fact.REFERRALS: REFERRALS,
    Fact.PRIORITIES: PRIORITIES,
    Fact.CASES: CASES,
    Fact.MONTHS: MONTHS,
    Fact.SERVED: SERVED,
    Fact.PROMISES: PROMISES,
    Fact.RETURNS: RETURNS,
    Fact.BURDENS: BURDENS,
    Fact.STAYS: STAYS,
    Fact.MONITORED: MONITORED,
    Fact.RISKS: RISKS,
    Fact.KNOWN: KNOWN,
    Fact.CLOSED: CLOSED,
    Fact.ADMISSIONS: ADMISSIONS,
    Fact.VILLAGES: VILLAGES,
    Fact.CLINICS: CLINICS,
    Fact.HOSPITALS: HOSPITALS,
    Fact.EVENTS: EVENTS,
    Fact.SURVEYED: SURVEYED,
    Fact.FILES: FILES,
    Fact.IDENTIFICATIONS: IDENTIFICATIONS,
}
