"""Who dies or moves away has their open cases put up for closing by the register; a move takes them along."""

from django.db import migrations

LEAVING = """
CREATE FUNCTION followups_case_person_left() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    why text := CASE WHEN NEW.left_reason = 'died' THEN 'died'
                     WHEN NEW.left_reason IN ('moved', 'married_out') THEN 'moved' END;
BEGIN
    UPDATE followups_caseclosing k SET state = 'withdrawn'
      FROM followups_majorcase c
     WHERE c.id = k.case_id AND c.person_id = NEW.id AND k.state = 'pending'
       AND (why IS NOT NULL OR NEW.left_on IS NULL AND k.requested_by_id IS NULL);
    IF NEW.left_on IS NOT NULL AND why IS NOT NULL THEN
        INSERT INTO followups_caseclosing (case_id, reason, evidence, requested_on, state, note)
        SELECT c.id, why, 'register', GREATEST(NEW.left_on, c.registered_on), 'pending', ''
          FROM followups_majorcase c WHERE c.person_id = NEW.id AND c.stage <> 'closed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_case_person_left AFTER UPDATE OF left_on, left_reason ON households_person
    FOR EACH ROW WHEN (OLD.left_on IS DISTINCT FROM NEW.left_on
                       OR OLD.left_reason IS DISTINCT FROM NEW.left_reason)
    EXECUTE FUNCTION followups_case_person_left();

CREATE FUNCTION followups_case_person_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE followups_majorcase SET village_id = NEW.village_id WHERE person_id = NEW.id;
    UPDATE followups_caseassignment SET village_id = NEW.village_id WHERE person_id = NEW.id;
    UPDATE followups_screeningresult SET village_id = NEW.village_id WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER followups_case_person_moved AFTER UPDATE OF village_id ON households_person
    FOR EACH ROW WHEN (OLD.village_id IS DISTINCT FROM NEW.village_id)
    EXECUTE FUNCTION followups_case_person_moved();
"""
UNDO = """
DROP TRIGGER followups_case_person_left ON households_person; DROP FUNCTION followups_case_person_left();
DROP TRIGGER followups_case_person_moved ON households_person; DROP FUNCTION followups_case_person_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0008_cases_of_major_disease"), ("households", "0001_initial")]
    operations = [migrations.RunSQL(LEAVING, UNDO)]
