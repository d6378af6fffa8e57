"""Death or leaving ends what is owed from that day; a move takes the open work along. History stays."""

from django.db import migrations

LEAVING = """
CREATE FUNCTION followups_person_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.left_on IS NOT NULL THEN
        UPDATE followups_duty SET state = 'cancelled', closed_on = NEW.left_on, close_reason = 'left'
         WHERE person_id = NEW.id AND state = 'open';
        UPDATE followups_contract
           SET state = 'ended', end_reason = 'left',
               period = daterange(lower(period), GREATEST(NEW.left_on, lower(period) + 1))
         WHERE person_id = NEW.id AND state = 'signed' AND upper(period) > NEW.left_on;
    ELSE
        UPDATE followups_duty SET state = 'open', closed_on = NULL, close_reason = ''
         WHERE person_id = NEW.id AND state = 'cancelled' AND close_reason = 'left';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_person_left AFTER UPDATE OF left_on ON households_person
    FOR EACH ROW WHEN (OLD.left_on IS DISTINCT FROM NEW.left_on) EXECUTE FUNCTION followups_person_left();

CREATE FUNCTION followups_household_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.left_on IS NOT NULL THEN
        UPDATE followups_duty SET state = 'cancelled', closed_on = NEW.left_on, close_reason = 'left'
         WHERE household_id = NEW.id AND state = 'open';
    ELSE
        UPDATE followups_duty d SET state = 'open', closed_on = NULL, close_reason = ''
         WHERE household_id = NEW.id AND state = 'cancelled' AND close_reason = 'left'
           AND NOT EXISTS (SELECT 1 FROM households_person p WHERE p.id = d.person_id AND p.left_on IS NOT NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_household_left AFTER UPDATE OF left_on ON households_household
    FOR EACH ROW WHEN (OLD.left_on IS DISTINCT FROM NEW.left_on) EXECUTE FUNCTION followups_household_left();

CREATE FUNCTION followups_person_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE followups_duty SET village_id = NEW.village_id, county_id = NEW.county_id, household_id = NEW.household_id
     WHERE person_id = NEW.id AND state = 'open';
    UPDATE followups_contract SET village_id = NEW.village_id WHERE person_id = NEW.id;
    UPDATE followups_need SET village_id = NEW.village_id, household_id = NEW.household_id WHERE person_id = NEW.id;
    UPDATE followups_visit SET village_id = NEW.village_id, county_id = NEW.county_id WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_person_moved AFTER UPDATE OF village_id, household_id ON households_person
    FOR EACH ROW WHEN (OLD.village_id IS DISTINCT FROM NEW.village_id
                       OR OLD.household_id IS DISTINCT FROM NEW.household_id)
    EXECUTE FUNCTION followups_person_moved();

CREATE FUNCTION followups_household_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE followups_duty SET village_id = NEW.village_id, county_id = NEW.county_id
     WHERE household_id = NEW.id AND person_id IS NULL AND state = 'open';
    UPDATE followups_visit SET village_id = NEW.village_id, county_id = NEW.county_id
     WHERE household_id = NEW.id AND person_id IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_household_moved AFTER UPDATE OF village_id ON households_household
    FOR EACH ROW WHEN (OLD.village_id IS DISTINCT FROM NEW.village_id)
    EXECUTE FUNCTION followups_household_moved();
"""
UNDO = """
DROP TRIGGER followups_person_left ON households_person; DROP FUNCTION followups_person_left();
DROP TRIGGER followups_household_left ON households_household; DROP FUNCTION followups_household_left();
DROP TRIGGER followups_person_moved ON households_person; DROP FUNCTION followups_person_moved();
DROP TRIGGER followups_household_moved ON households_household; DROP FUNCTION followups_household_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0002_duties_and_conflicts"), ("households", "0001_initial")]
    operations = [migrations.RunSQL(LEAVING, UNDO)]
