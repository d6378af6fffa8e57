"""Each fact is cut by its villages first, and an index that begins with the village finds them."""

import pytest
from django.db import connection

from healthaid.reports.indicators import STATEMENTS, Fact

MAIN = {
    Fact.HOUSEHOLDS: ("households_household", "h"),
    Fact.PEOPLE: ("households_person", "p"),
    Fact.PATIENTS: ("households_condition", "k"),
    Fact.MANAGED: ("households_condition", "k"),
    Fact.CLOSINGS: ("followups_visit", "v"),
    Fact.DUTIES: ("followups_duty", "d"),
    Fact.VISITS: ("followups_visit", "v"),
    Fact.NEEDS: ("followups_need", "n"),
    Fact.REFERRALS: ("followups_referral", "r"),
    Fact.PRIORITIES: ("followups_referral", "r"),
    Fact.MONTHS: ("followups_duty", "d"),
    Fact.CASES: ("households_condition", "k"),
    Fact.SERVED: ("followups_contract", "c"),
    Fact.PROMISES: ("followups_contract", "c"),
    Fact.RETURNS: ("followups_team_villages", "v"),
    Fact.BURDENS: ("households_household", "h"),
    Fact.STAYS: ("claims_settlement", "s"),
    Fact.MONITORED: ("households_household", "h"),
    Fact.RISKS: ("households_monitoringcase", "m"),
    Fact.KNOWN: ("households_condition", "k"),
    Fact.ADMISSIONS: ("claims_admission", "a"),
    Fact.CLOSED: ("followups_majorcase", "m"),
    Fact.VILLAGES: ("accounts_area", "a"),
    Fact.CLINICS: ("clinics_institution", "i"),
    Fact.HOSPITALS: ("accounts_area", "a"),
    Fact.EVENTS: ("accounts_area", "a"),
    Fact.SURVEYED: ("households_household", "h"),
    Fact.FILES: ("households_person", "p"),
    Fact.IDENTIFICATIONS: ("households_identificationcase", "i"),
}
# The table of a many-to-many relation names the village as an area; a clinic stands in one.
VILLAGE = {
    **dict.fromkeys((Fact.RETURNS, Fact.CLINICS), "area_id"),
    **dict.fromkeys((Fact.VILLAGES, Fact.HOSPITALS, Fact.EVENTS), "id"),
}
LEADING = """
    SELECT count(*) FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = %s::regclass AND a.attname = %s AND i.indisvalid AND i.indpred IS NULL
"""


@pytest.mark.parametrize("fact", Fact)
def test_a_fact_is_found_by_its_villages(db, fact):
    table, alias = MAIN[fact]
    column = VILLAGE.get(fact, "village_id")
    assert f"WHERE {alias}.{column} = ANY(%(villages)s)" in STATEMENTS[fact]
    with connection.cursor() as cursor:
        cursor.execute(LEADING, [table, column])
        assert cursor.fetchone()[0] >= 1, table
