"""A person's bills are seen where the person lives; a household's warnings where the household lives."""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION claims_person_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_admission SET village_id = NEW.village_id WHERE person_id = NEW.id;
    UPDATE claims_settlement SET village_id = NEW.village_id WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_person_moved AFTER UPDATE OF village_id ON households_person
    FOR EACH ROW WHEN (OLD.village_id IS DISTINCT FROM NEW.village_id) EXECUTE FUNCTION claims_person_moved();

CREATE FUNCTION claims_household_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_burdenwarning SET village_id = NEW.village_id WHERE household_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER claims_household_moved AFTER UPDATE OF village_id ON households_household
    FOR EACH ROW WHEN (OLD.village_id IS DISTINCT FROM NEW.village_id) EXECUTE FUNCTION claims_household_moved();
"""
UNDO = """
DROP TRIGGER claims_person_moved ON households_person; DROP FUNCTION claims_person_moved();
DROP TRIGGER claims_household_moved ON households_household; DROP FUNCTION claims_household_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_money")]

    operations = [migrations.RunSQL(FOLLOW, UNDO)]
