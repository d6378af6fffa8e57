"""What the database does by itself with money: places follow persons, papers of money are never rewritten."""

import pgtrigger


def place_of_person() -> pgtrigger.Trigger:
    """Household, village and county of a row are the person's, whoever writes it."""
    return pgtrigger.Trigger(
        name="a_place_of_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id", "village_id", "county_id"),
        func="""
            SELECT p.village_id, p.county_id INTO NEW.village_id, NEW.county_id
              FROM households_person p WHERE p.id = NEW.person_id;
            RETURN NEW;
        """,
    )


def place_of_household() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="a_place_of_household",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("household_id", "village_id", "county_id"),
        func="""
            SELECT h.village_id, h.county_id INTO NEW.village_id, NEW.county_id
              FROM households_household h WHERE h.id = NEW.household_id;
            RETURN NEW;
        """,
    )


def append_only() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
