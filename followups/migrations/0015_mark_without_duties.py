"""Duties leave the mark of a person: what closes them looks at each once more when it writes."""

from django.db import migrations

REPLACE = """
CREATE OR REPLACE FUNCTION followups_mark(of_person bigint, of_household bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF of_person IS NULL THEN
    RETURN (SELECT h.xmin::text || ' ' ||
                   (SELECT count(*) FROM followups_visit v WHERE v.household_id = of_household)
              FROM households_household h WHERE h.id = of_household);
  END IF;
  RETURN (SELECT p.xmin::text || ' ' || (SELECT count(*) FROM followups_visit v WHERE v.person_id = of_person)
            FROM households_person p WHERE p.id = of_person);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0014_contract_year")]

    operations = [migrations.RunSQL(REPLACE, migrations.RunSQL.noop)]
