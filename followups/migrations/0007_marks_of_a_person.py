"""A mark of all that a visit's judgement rests on, and a lock that holds only where the mark is still true."""

from django.db import migrations

CREATE = """
CREATE FUNCTION followups_mark(of_person bigint, of_household bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT CASE WHEN of_person IS NULL THEN (SELECT h.xmin::text FROM households_household h WHERE h.id = of_household)
              ELSE (SELECT p.xmin::text FROM households_person p WHERE p.id = of_person) END
      || ' ' || CASE WHEN of_person IS NULL
                     THEN (SELECT count(*) FROM followups_visit v WHERE v.household_id = of_household)
                     ELSE (SELECT count(*) FROM followups_visit v WHERE v.person_id = of_person) END
      || ' ' || (SELECT coalesce(sum(d.id), 0) FROM followups_duty d
                  WHERE d.household_id = of_household AND d.state IN ('open', 'not_found')
                    AND (d.person_id IS NULL OR d.person_id = of_person)));
END $$;
CREATE FUNCTION followups_unchanged(of_person bigint, of_household bigint, mark text) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  -- Each statement of a volatile function sees what was committed before it: the mark is taken after the lock.
  IF of_person IS NULL THEN
    PERFORM 1 FROM households_household WHERE id = of_household FOR NO KEY UPDATE;
  ELSE
    PERFORM 1 FROM households_person WHERE id = of_person FOR NO KEY UPDATE;
  END IF;
  RETURN FOUND AND followups_mark(of_person, of_household) IS NOT DISTINCT FROM mark;
END $$;
"""
DROP = """
DROP FUNCTION followups_unchanged(bigint, bigint, text);
DROP FUNCTION followups_mark(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0006_phones")]

    operations = [migrations.RunSQL(CREATE, DROP)]
