from django.db import migrations, models

MARK = """
CREATE FUNCTION accounts_token_mark(of_token bytea) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT (SELECT t.xmin::text || ' ' || c.xmin::text || ' ' || u.xmin::text || ' '
                 || (SELECT max(a.changed_xid) FROM accounts_area a)::text
            FROM accounts_apitoken t
            JOIN accounts_apiclient c ON c.id = t.client_id
            JOIN accounts_user u ON u.id = c.user_id
           WHERE t.digest = of_token AND t.revoked_at IS NULL AND t.expires_at > now()
             AND c.is_active AND u.is_active)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_absence")]

    operations = [
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["changed_xid"], name="area_changed"),
        ),
        migrations.RunSQL(MARK, "DROP FUNCTION accounts_token_mark(bytea)"),
    ]
