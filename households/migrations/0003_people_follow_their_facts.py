"""A person's record tells of conditions, identities and insurance: when one of them changes, so does the person.

One function for every such table; followups adds the contracts. A person touched once in a transaction is left
alone by the rest of it, so that a register import or a county's demonstration costs one look, not a second write."""

from django.db import migrations

TABLES = ["households_condition", "households_identity", "households_enrolment"]
FUNCTION = """
CREATE FUNCTION households_touch_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH touched AS (
        SELECT p.id FROM households_person p
         WHERE p.id IN (SELECT person_id FROM changed)
           AND p.changed_xid <> pg_current_xact_id()::text::bigint
         ORDER BY p.id FOR NO KEY UPDATE
    )
    UPDATE households_person p SET updated_at = now() FROM touched WHERE p.id = touched.id;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER touch_person_on_{event} AFTER {event} ON {table}
    REFERENCING {side} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION households_touch_person();
"""
SIDES = {"insert": "NEW", "update": "NEW", "delete": "OLD"}


def triggers(table: str) -> tuple[str, str]:
    made = "".join(TRIGGER.format(table=table, event=event, side=side) for event, side in SIDES.items())
    return made, "".join(f"DROP TRIGGER touch_person_on_{event} ON {table};" for event in SIDES)


class Migration(migrations.Migration):
    dependencies = [("households", "0002_county_of_village")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION households_touch_person();"),
        *(migrations.RunSQL(*triggers(table)) for table in TABLES),
    ]
