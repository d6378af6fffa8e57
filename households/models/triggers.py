"""What the database does by itself when a household or a person moves."""

import pgtrigger


def place_of(owner: str, *, name: str) -> pgtrigger.Trigger:
    """Village and county of a row are its household's or person's (`owner`), whoever writes it."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(f"{owner}_id", "village_id", "county_id"),
        func=f"""
            SELECT {owner[0]}.village_id, {owner[0]}.county_id INTO NEW.village_id, NEW.county_id
              FROM households_{owner} {owner[0]} WHERE {owner[0]}.id = NEW.{owner}_id;
            RETURN NEW;
        """,  # noqa: S608 - owner is a literal of ours
    )


def follow_household() -> pgtrigger.Trigger:
    return place_of("household", name="follow_household")


def county_of_village() -> pgtrigger.Trigger:
    """A household's county is its village's, whoever writes the row: scope by county relies on it."""
    return pgtrigger.Trigger(
        name="county_of_village",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("village_id", "county_id"),
        func="""
            SELECT a.county_id INTO NEW.county_id FROM accounts_area a WHERE a.id = NEW.village_id;
            RETURN NEW;
        """,
    )


def tombstone_on_move(kind: str, key: str = "uuid") -> pgtrigger.Trigger:
    """Whoever copies the old area learns that the row is no longer there; `key` is its public one."""
    return pgtrigger.Trigger(
        name="tombstone",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("village_id"),
        declare=[],
        func=f"""
            IF TG_OP = 'DELETE' OR NEW.village_id <> OLD.village_id THEN
                INSERT INTO audit_tombstone (kind, key, village_id, county_id, reason)
                VALUES ('{kind}', OLD.{key}::text, OLD.village_id, OLD.county_id,
                        CASE WHEN TG_OP = 'DELETE' THEN 'removed' ELSE 'moved' END);
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - kind and key are literals of ours
    )


def follow_person(extra: str = "") -> pgtrigger.Trigger:
    """The village of a fact is the person's; `extra` is SQL for what else it takes over."""
    return pgtrigger.Trigger(
        name="follow_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id", "village_id"),
        func=f"""
            SELECT p.village_id INTO NEW.village_id FROM households_person p WHERE p.id = NEW.person_id;
            {extra}
            RETURN NEW;
        """,  # noqa: S608 - extra is a literal of ours
    )


def take_members_along() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="take_members_along",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("village_id"),
        condition=pgtrigger.Q(old__village__df=pgtrigger.F("new__village")),
        func="""
            UPDATE households_person SET village_id = NEW.village_id, county_id = NEW.county_id
             WHERE household_id = NEW.id;
            RETURN NULL;
        """,
    )


def take_facts_along() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="take_facts_along",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("village_id"),
        condition=pgtrigger.Q(old__village__df=pgtrigger.F("new__village")),
        func="""
            UPDATE households_condition SET village_id = NEW.village_id WHERE person_id = NEW.id;
            UPDATE households_enrolment SET village_id = NEW.village_id WHERE person_id = NEW.id;
            UPDATE households_exam SET village_id = NEW.village_id WHERE person_id = NEW.id;
            RETURN NULL;
        """,
    )


EFFECTIVE_ON = "healthaid.effective_on"
"""Setting of a transaction: the day from which what it writes to the register holds. Unset, it is today."""


def keep_causes() -> pgtrigger.Trigger:
    """The dated causes of poverty follow the household's present ones, whoever writes the row.

    What is undone on the day it was done leaves no trace; a cause that comes back on that day goes on."""
    return pgtrigger.Trigger(
        name="keep_causes",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("main_cause", "other_causes"),
        declare=[("since", "date"), ("wanted", "text[]")],
        func=f"""
            IF TG_OP = 'UPDATE' AND (NEW.main_cause, NEW.other_causes)
                                IS NOT DISTINCT FROM (OLD.main_cause, OLD.other_causes) THEN
                RETURN NULL;
            END IF;
            since := coalesce(nullif(current_setting('{EFFECTIVE_ON}', TRUE), '')::date,
                              (now() AT TIME ZONE 'Asia/Shanghai')::date);
            wanted := array_remove(NEW.other_causes::text[], NEW.main_cause::text);
            IF TG_OP = 'INSERT' THEN
                since := least(NEW.registered_on, since);
            ELSE
                DELETE FROM households_householdcause c
                 WHERE c.household_id = NEW.id AND lower(c.period) >= since
                   AND NOT CASE WHEN c.is_main THEN c.cause = NEW.main_cause ELSE c.cause = ANY(wanted) END;
                UPDATE households_householdcause c SET period = daterange(lower(c.period), since)
                 WHERE c.household_id = NEW.id AND upper_inf(c.period)
                   AND NOT CASE WHEN c.is_main THEN c.cause = NEW.main_cause ELSE c.cause = ANY(wanted) END;
                UPDATE households_householdcause c SET period = daterange(lower(c.period), NULL)
                 WHERE c.household_id = NEW.id AND upper(c.period) = since
                   AND CASE WHEN c.is_main THEN c.cause = NEW.main_cause ELSE c.cause = ANY(wanted) END;
            END IF;
            INSERT INTO households_householdcause (household_id, cause, is_main, period)
            SELECT NEW.id, w.cause, w.is_main, daterange(since, NULL)
              FROM (SELECT NEW.main_cause::text AS cause, TRUE AS is_main WHERE NEW.main_cause <> ''
                     UNION SELECT unnest(wanted), FALSE) w
             WHERE NOT EXISTS (SELECT 1 FROM households_householdcause c
                                WHERE c.household_id = NEW.id AND c.cause = w.cause AND upper_inf(c.period));
            RETURN NULL;
        """,  # noqa: S608 - the setting's name is a literal of ours
    )


def causes_go_along() -> pgtrigger.Trigger:
    """A household that an undone import takes out of the register takes its causes with it."""
    return pgtrigger.Trigger(
        name="causes_go_along",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="DELETE FROM households_householdcause WHERE household_id = OLD.id; RETURN OLD;",
    )


def follow_to_village() -> pgtrigger.Trigger:
    """Monitoring moves with its household, and ends on the day on which the household leaves the register."""
    return pgtrigger.Trigger(
        name="monitoring_follows",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("village_id", "left_on"),
        func="""
            IF NEW.village_id <> OLD.village_id THEN
                UPDATE households_monitoringcase SET village_id = NEW.village_id WHERE household_id = NEW.id;
            END IF;
            IF NEW.left_on IS NOT NULL AND OLD.left_on IS NULL THEN
                WITH ended AS (
                    UPDATE households_monitoringcase
                       SET state = 'left', holder = '', due_on = NULL, turn_since = NEW.left_on,
                           ended_on = NEW.left_on
                     WHERE household_id = NEW.id AND holder <> ''
                    RETURNING id)
                INSERT INTO households_monitoringstep (case_id, state, holder, done_on, note, created_at)
                SELECT id, 'left', '', NEW.left_on, '', now() FROM ended;
            END IF;
            RETURN NULL;
        """,
    )
