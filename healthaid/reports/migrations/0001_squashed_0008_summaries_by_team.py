"""Every table of this app as the numbered migrations leave it, made in one step."""

import core.audit.operations
import core.base.models
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_corrections'), ('reports', '0003_pledges'), ('reports', '0004_summaries'), ('reports', '0005_filing'), ('reports', '0006_monitoring_is_watched'), ('reports', '0007_more_touches'), ('reports', '0008_summaries_by_team')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '0003_areas_by_change'),
        ('accounts', '0004_village_clerks'),
        ('claims', '0001_initial'),
        ('clinics', '0003_roles_last_a_day'),
        ('followups', '0020_visits_by_form'),
        ('households', '0006_causes_by_date'),
        ('households', '0009_monitoring'),
        ('outreach', '0003_desk_work'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        core.audit.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('kind', models.CharField(default='monthly', max_length=30)),
                        ('language', models.CharField(default='zh-hans', max_length=8)),
                        ('state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being made'), ('done', 'ready'), ('failed', 'failed')], default='queued', max_length=8)),
                        ('progress_done', models.PositiveIntegerField(default=0)),
                        ('progress_total', models.PositiveIntegerField(default=0)),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('figures', models.JSONField(default=dict)),
                        ('xlsx_path', models.CharField(blank=True, max_length=200)),
                        ('pdf_path', models.CharField(blank=True, max_length=200)),
                        ('sha256', models.CharField(blank=True, help_text='of the frozen figures; printed in both files', max_length=64)),
                        ('data_time', models.DateTimeField(null=True)),
                        ('problem', models.CharField(blank=True, max_length=200)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='accounts.area')),
                        ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edition', models.PositiveSmallIntegerField(default=1, help_text='above 1: a correction')),
                        ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                        ('reason', models.CharField(blank=True, help_text='why it was made again', max_length=200)),
                        ('xlsx_sha256', models.CharField(blank=True, max_length=64)),
                        ('since', models.DateField(help_text='first day of the period')),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrects', models.OneToOneField(help_text='edition before', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='reports.report')),
                        ('filing', models.CharField(choices=[('draft', 'draft'), ('submitted', 'handed in'), ('returned', 'returned'), ('approved', 'approved')], default='draft', max_length=10)),
                        ('for_health', models.BooleanField(default=False, help_text='holds facts for health staff only')),
                        ('late_checked_at', models.DateTimeField(null=True)),
                        ('late_figures', models.PositiveIntegerField(default=0, help_text='figures that would be different today, when last counted')),
                        ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('until', models.DateField(help_text='last day of the period')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['area', '-until'], name='report_list'), models.Index(fields=['filing', 'until'], name='report_filing')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('xlsx_path', ''), _negated=True), models.Q(('pdf_path', ''), _negated=True)), _connector='OR'), name='finished_report_has_its_files'), models.CheckConstraint(condition=models.Q(('edition', 1), models.Q(('edition__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='corrected_report_says_why'), models.UniqueConstraint(fields=('kind', 'area', 'since', 'until', 'language', 'for_health', 'edition'), name='one_report_per_area_period_and_edition'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='report_covers_days'), models.CheckConstraint(condition=models.Q(models.Q(('filing__in', ('submitted', 'approved')), _negated=True), models.Q(('state', 'done'), ('submitted_by__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='filed_report_is_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('filing', 'approved'), _negated=True), models.Q(('approved_by__isnull', False), models.Q(('approved_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='nobody_approves_their_own_report')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='79b668a790e10b9a3130b1e214d705eb10aa22ca', operation='UPDATE', pgid='pgtrigger_stamp_2230a', table='reports_report', when='BEFORE')), pgtrigger.compiler.Trigger(name='filed_figures_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.filing IN ('submitted', 'approved') AND (\n        (NEW.kind, NEW.area_id, NEW.since, NEW.until, NEW.language, NEW.for_health, NEW.edition, NEW.sha256,\n         NEW.data_time, NEW.xlsx_path, NEW.pdf_path, NEW.xlsx_sha256, NEW.pdf_sha256)\n        IS DISTINCT FROM\n        (OLD.kind, OLD.area_id, OLD.since, OLD.until, OLD.language, OLD.for_health, OLD.edition, OLD.sha256,\n         OLD.data_time, OLD.xlsx_path, OLD.pdf_path, OLD.xlsx_sha256, OLD.pdf_sha256)\n        OR NEW.figures IS DISTINCT FROM OLD.figures) THEN\n        RAISE EXCEPTION 'what was handed in changes by a correction report'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'filed_figures_stay';\n    END IF;\n    RETURN NEW;\n", hash='8649a136a6aa8769d840ea75e6ef58672c14bf5b', operation='UPDATE', pgid='pgtrigger_filed_figures_stay_44c68', table='reports_report', when='BEFORE')), pgtrigger.compiler.Trigger(name='filing_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."filing", \':\', NEW."filing") = ANY(\'{draft:submitted,returned:submitted,submitted:returned,submitted:approved}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."filing" IS DISTINCT FROM NEW."filing") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "filing" from "%" to "%" on table %\', OLD."filing", NEW."filing", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0c85a24bb3b50a5f7c888536bd8196d12e3702d8', operation='UPDATE', pgid='pgtrigger_filing_steps_f9918', table='reports_report', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportevent" ("approved_by_id", "area_id", "attempts", "corrects_id", "created_at", "data_time", "edition", "figures", "filing", "for_health", "id", "kind", "language", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "since", "state", "submitted_by_id", "until", "xlsx_path", "xlsx_sha256") SELECT new_values."approved_by_id", new_values."area_id", new_values."attempts", new_values."corrects_id", new_values."created_at", new_values."data_time", new_values."edition", new_values."figures", new_values."filing", new_values."for_health", new_values."id", new_values."kind", new_values."language", new_values."pdf_path", new_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."problem", new_values."reason", new_values."requested_by_id", new_values."sha256", new_values."since", new_values."state", new_values."submitted_by_id", new_values."until", new_values."xlsx_path", new_values."xlsx_sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a1abd03762d9b8d9c8784c3ec6a9c896c66f6907', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_84ceb', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_report', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."data_time" IS DISTINCT FROM (NEW."data_time") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."figures" IS DISTINCT FROM (NEW."figures") OR OLD."filing" IS DISTINCT FROM (NEW."filing") OR OLD."for_health" IS DISTINCT FROM (NEW."for_health") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."pdf_path" IS DISTINCT FROM (NEW."pdf_path") OR OLD."pdf_sha256" IS DISTINCT FROM (NEW."pdf_sha256") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."xlsx_path" IS DISTINCT FROM (NEW."xlsx_path") OR OLD."xlsx_sha256" IS DISTINCT FROM (NEW."xlsx_sha256"))', func='INSERT INTO "reports_reportevent" ("approved_by_id", "area_id", "attempts", "corrects_id", "created_at", "data_time", "edition", "figures", "filing", "for_health", "id", "kind", "language", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "since", "state", "submitted_by_id", "until", "xlsx_path", "xlsx_sha256") VALUES (NEW."approved_by_id", NEW."area_id", NEW."attempts", NEW."corrects_id", NEW."created_at", NEW."data_time", NEW."edition", NEW."figures", NEW."filing", NEW."for_health", NEW."id", NEW."kind", NEW."language", NEW."pdf_path", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."reason", NEW."requested_by_id", NEW."sha256", NEW."since", NEW."state", NEW."submitted_by_id", NEW."until", NEW."xlsx_path", NEW."xlsx_sha256"); RETURN NULL;', hash='773747416a9df336c96211d3a6c9382f7c221f37', operation='UPDATE', pgid='pgtrigger_update_update_234a9', table='reports_report', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportevent" ("approved_by_id", "area_id", "attempts", "corrects_id", "created_at", "data_time", "edition", "figures", "filing", "for_health", "id", "kind", "language", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "since", "state", "submitted_by_id", "until", "xlsx_path", "xlsx_sha256") SELECT old_values."approved_by_id", old_values."area_id", old_values."attempts", old_values."corrects_id", old_values."created_at", old_values."data_time", old_values."edition", old_values."figures", old_values."filing", old_values."for_health", old_values."id", old_values."kind", old_values."language", old_values."pdf_path", old_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."problem", old_values."reason", old_values."requested_by_id", old_values."sha256", old_values."since", old_values."state", old_values."submitted_by_id", old_values."until", old_values."xlsx_path", old_values."xlsx_sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='94ab549354013be61c39642363f0bc3aa3ad7b25', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6acd6', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_report', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('kind', models.CharField(default='monthly', max_length=30)),
                        ('language', models.CharField(default='zh-hans', max_length=8)),
                        ('state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being made'), ('done', 'ready'), ('failed', 'failed')], default='queued', max_length=8)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('figures', models.JSONField(default=dict)),
                        ('xlsx_path', models.CharField(blank=True, max_length=200)),
                        ('pdf_path', models.CharField(blank=True, max_length=200)),
                        ('sha256', models.CharField(blank=True, help_text='of the frozen figures; printed in both files', max_length=64)),
                        ('data_time', models.DateTimeField(null=True)),
                        ('problem', models.CharField(blank=True, max_length=200)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.report')),
                        ('requested_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edition', models.PositiveSmallIntegerField(default=1, help_text='above 1: a correction')),
                        ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                        ('reason', models.CharField(blank=True, help_text='why it was made again', max_length=200)),
                        ('xlsx_sha256', models.CharField(blank=True, max_length=64)),
                        ('since', models.DateField(help_text='first day of the period')),
                        ('approved_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrects', models.ForeignKey(db_constraint=False, help_text='edition before', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.report')),
                        ('filing', models.CharField(choices=[('draft', 'draft'), ('submitted', 'handed in'), ('returned', 'returned'), ('approved', 'approved')], default='draft', max_length=10)),
                        ('for_health', models.BooleanField(default=False, help_text='holds facts for health staff only')),
                        ('submitted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('until', models.DateField(help_text='last day of the period')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79709c12d5a2ece868c72f81bcfe3e43e6ab1222', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eac1b', table='reports_reportevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Pledge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('signer', models.CharField(max_length=40, verbose_name='who signed')),
                        ('signed_with', models.CharField(max_length=80, verbose_name='signed to')),
                        ('signed_on', models.DateField(verbose_name='day of signing')),
                        ('path', models.CharField(blank=True, max_length=200)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('media_type', models.CharField(blank=True, max_length=20)),
                        ('size', models.PositiveIntegerField(default=0)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='accounts.area')),
                        ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='clinics.institution')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['year', 'area'], name='pledge_list')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('institution', None)), fields=('area', 'year'), name='one_pledge_per_area_and_year'), models.UniqueConstraint(fields=('institution', 'year'), name='one_pledge_per_institution_and_year'), models.CheckConstraint(condition=models.Q(models.Q(('signer', ''), _negated=True), models.Q(('signed_with', ''), _negated=True)), name='pledge_says_who_signed')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='420486a3e14dd556f9543a2451433ffcda6dd369', operation='UPDATE', pgid='pgtrigger_stamp_9d48c', table='reports_pledge', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_pledgeevent" ("area_id", "created_at", "id", "institution_id", "media_type", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sha256", "signed_on", "signed_with", "signer", "size", "year") SELECT new_values."area_id", new_values."created_at", new_values."id", new_values."institution_id", new_values."media_type", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_by_id", new_values."sha256", new_values."signed_on", new_values."signed_with", new_values."signer", new_values."size", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dd47715795790b5690c16cc2c140e34a83294f4c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_09d46', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_pledge', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."media_type" IS DISTINCT FROM (NEW."media_type") OR OLD."path" IS DISTINCT FROM (NEW."path") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."signed_with" IS DISTINCT FROM (NEW."signed_with") OR OLD."signer" IS DISTINCT FROM (NEW."signer") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "reports_pledgeevent" ("area_id", "created_at", "id", "institution_id", "media_type", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sha256", "signed_on", "signed_with", "signer", "size", "year") VALUES (NEW."area_id", NEW."created_at", NEW."id", NEW."institution_id", NEW."media_type", NEW."path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."sha256", NEW."signed_on", NEW."signed_with", NEW."signer", NEW."size", NEW."year"); RETURN NULL;', hash='3ea1ba2fd3cc0274084c37a8102d815bd5c7a356', operation='UPDATE', pgid='pgtrigger_update_update_a5e84', table='reports_pledge', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_pledgeevent" ("area_id", "created_at", "id", "institution_id", "media_type", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sha256", "signed_on", "signed_with", "signer", "size", "year") SELECT old_values."area_id", old_values."created_at", old_values."id", old_values."institution_id", old_values."media_type", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_by_id", old_values."sha256", old_values."signed_on", old_values."signed_with", old_values."signer", old_values."size", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='554f1b897ca58844e4c368c6060a18c0534b6604', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e0faf', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_pledge', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PledgeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('signer', models.CharField(max_length=40, verbose_name='who signed')),
                        ('signed_with', models.CharField(max_length=80, verbose_name='signed to')),
                        ('signed_on', models.DateField(verbose_name='day of signing')),
                        ('path', models.CharField(blank=True, max_length=200)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('media_type', models.CharField(blank=True, max_length=20)),
                        ('size', models.PositiveIntegerField(default=0)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.pledge')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2167fdcd66671ed7d1eed73c96761323d1353721', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6dcb', table='reports_pledgeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PledgeTarget',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('indicator', models.CharField(max_length=60)),
                        ('value', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='target')),
                        ('weight', models.PositiveSmallIntegerField(default=10, verbose_name='points')),
                        ('direction', models.CharField(choices=[('at_least', 'at least'), ('at_most', 'at most')], default='at_least', max_length=8)),
                        ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='reports.pledge')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [models.UniqueConstraint(fields=('pledge', 'indicator'), name='one_target_per_pledge_and_indicator'), models.CheckConstraint(condition=models.Q(('weight__range', (1, 100))), name='target_has_its_points'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='target_is_not_below_zero')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='4694eb4e16d8a8f66f5f407ddecdcaa616fff4ec', operation='UPDATE', pgid='pgtrigger_stamp_30a87', table='reports_pledgetarget', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_pledgetargetevent" ("created_at", "direction", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "value", "weight") SELECT new_values."created_at", new_values."direction", new_values."id", new_values."indicator", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pledge_id", new_values."value", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='58df705e3da78dffc9c9a84adfb50dabcf01788c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_246b2', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_pledgetarget', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator" IS DISTINCT FROM (NEW."indicator") OR OLD."pledge_id" IS DISTINCT FROM (NEW."pledge_id") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."weight" IS DISTINCT FROM (NEW."weight"))', func='INSERT INTO "reports_pledgetargetevent" ("created_at", "direction", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "value", "weight") VALUES (NEW."created_at", NEW."direction", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pledge_id", NEW."value", NEW."weight"); RETURN NULL;', hash='72433ca5382866f8cedba8746d7284b5f4fb0848', operation='UPDATE', pgid='pgtrigger_update_update_3a541', table='reports_pledgetarget', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_pledgetargetevent" ("created_at", "direction", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "value", "weight") SELECT old_values."created_at", old_values."direction", old_values."id", old_values."indicator", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pledge_id", old_values."value", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='05455c9e737202a1729ceb28ad18977e8dcb9390', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_61dc8', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_pledgetarget', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PledgeTargetEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('indicator', models.CharField(max_length=60)),
                        ('value', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='target')),
                        ('weight', models.PositiveSmallIntegerField(default=10, verbose_name='points')),
                        ('direction', models.CharField(choices=[('at_least', 'at least'), ('at_most', 'at most')], default='at_least', max_length=8)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.pledgetarget')),
                        ('pledge', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.pledge')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0698269a7950b038bafcf612e581fe4e84b7a6d6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_befc9', table='reports_pledgetargetevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SummaryHorizon',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('snapshot', models.TextField()),
                        ('oldest_xid', models.BigIntegerField(help_text='no change before this transaction is missing')),
                        ('at', models.DateTimeField()),
                        ('county', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.area')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Touched',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('area_id', models.BigIntegerField(null=True)),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction())),
                    ],
                    options={
                        'indexes': [models.Index(fields=['changed_xid'], name='touched_by_change')],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Summary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(help_text='first day of the month')),
                        ('sees_sensitive', models.BooleanField()),
                        ('on', models.DateField(help_text='the day the figures stand for')),
                        ('figures', models.JSONField(default=dict, help_text='[part, whole] by indicator code')),
                        ('villages', models.PositiveIntegerField(default=0, help_text='villages where something is counted')),
                        ('counted_at', models.DateTimeField()),
                        ('snapshot', models.TextField()),
                        ('seal', models.CharField(max_length=16)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='summaries', to='accounts.area')),
                        ('teams', models.JSONField(default=dict, help_text='of a village: the same by team, 0 is without one')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('area', 'month', 'sees_sensitive'), name='one_summary_per_area_and_month'), models.CheckConstraint(condition=models.Q(('month__day', 1), ('on__month', models.F('month__month')), ('on__year', models.F('month__year'))), name='summary_stands_for_a_day_of_its_month')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='FilingStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('to', models.CharField(choices=[('draft', 'draft'), ('submitted', 'handed in'), ('returned', 'returned'), ('approved', 'approved')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('sha256', models.CharField(max_length=64)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.report')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['report', 'at'], name='filing_history')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='returned_report_says_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9f1e359fcb5d5c00e55d04939ecf3432ec6e4d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_949f1', table='reports_filingstep', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_clinics_carecircle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON clinics_carecircle REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_carecircle(); CREATE TRIGGER touch_on_delete AFTER DELETE ON clinics_carecircle REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_carecircle(); CREATE TRIGGER touch_before_update AFTER UPDATE ON clinics_carecircle REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_carecircle(); CREATE TRIGGER touch_after_update AFTER UPDATE ON clinics_carecircle REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_carecircle()',
            reverse_sql='DROP TRIGGER touch_on_insert ON clinics_carecircle; DROP TRIGGER touch_on_delete ON clinics_carecircle; DROP TRIGGER touch_before_update ON clinics_carecircle; DROP TRIGGER touch_after_update ON clinics_carecircle; DROP FUNCTION touch_by_clinics_carecircle()',
        ),
        migrations.RunSQL(
            sql="CREATE FUNCTION touch_by_clinics_institution() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT CASE WHEN kind = 'village_clinic' THEN area_id END FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON clinics_institution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_institution(); CREATE TRIGGER touch_on_delete AFTER DELETE ON clinics_institution REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_institution(); CREATE TRIGGER touch_before_update AFTER UPDATE ON clinics_institution REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_institution(); CREATE TRIGGER touch_after_update AFTER UPDATE ON clinics_institution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_institution()",
            reverse_sql='DROP TRIGGER touch_on_insert ON clinics_institution; DROP TRIGGER touch_on_delete ON clinics_institution; DROP TRIGGER touch_before_update ON clinics_institution; DROP TRIGGER touch_after_update ON clinics_institution; DROP FUNCTION touch_by_clinics_institution()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_clinics_practitioner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT i.area_id FROM changed w JOIN clinics_institution i ON i.id = w.institution_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON clinics_practitioner REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_practitioner(); CREATE TRIGGER touch_on_delete AFTER DELETE ON clinics_practitioner REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_practitioner(); CREATE TRIGGER touch_before_update AFTER UPDATE ON clinics_practitioner REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_practitioner(); CREATE TRIGGER touch_after_update AFTER UPDATE ON clinics_practitioner REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_practitioner()',
            reverse_sql='DROP TRIGGER touch_on_insert ON clinics_practitioner; DROP TRIGGER touch_on_delete ON clinics_practitioner; DROP TRIGGER touch_before_update ON clinics_practitioner; DROP TRIGGER touch_after_update ON clinics_practitioner; DROP FUNCTION touch_by_clinics_practitioner()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_clinics_licence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT i.area_id FROM (SELECT w.* FROM changed c JOIN clinics_practitioner w ON w.id = c.practitioner_id) w JOIN clinics_institution i ON i.id = w.institution_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON clinics_licence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_licence(); CREATE TRIGGER touch_on_delete AFTER DELETE ON clinics_licence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_licence(); CREATE TRIGGER touch_before_update AFTER UPDATE ON clinics_licence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_licence(); CREATE TRIGGER touch_after_update AFTER UPDATE ON clinics_licence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_clinics_licence()',
            reverse_sql='DROP TRIGGER touch_on_insert ON clinics_licence; DROP TRIGGER touch_on_delete ON clinics_licence; DROP TRIGGER touch_before_update ON clinics_licence; DROP TRIGGER touch_after_update ON clinics_licence; DROP FUNCTION touch_by_clinics_licence()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_exam() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_exam REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_exam(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_exam REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_exam(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_exam REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_exam(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_exam REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_exam()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_exam; DROP TRIGGER touch_on_delete ON households_exam; DROP TRIGGER touch_before_update ON households_exam; DROP TRIGGER touch_after_update ON households_exam; DROP FUNCTION touch_by_households_exam()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_householdstatus() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT h.village_id FROM changed c JOIN households_household h ON h.id = c.household_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_householdstatus REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_householdstatus(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_householdstatus REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_householdstatus(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_householdstatus REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_householdstatus(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_householdstatus REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_householdstatus()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_householdstatus; DROP TRIGGER touch_on_delete ON households_householdstatus; DROP TRIGGER touch_before_update ON households_householdstatus; DROP TRIGGER touch_after_update ON households_householdstatus; DROP FUNCTION touch_by_households_householdstatus()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_disease() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT NULL::bigint FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_disease REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_disease(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_disease REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_disease(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_disease REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_disease(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_disease REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_disease()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_disease; DROP TRIGGER touch_on_delete ON households_disease; DROP TRIGGER touch_before_update ON households_disease; DROP TRIGGER touch_after_update ON households_disease; DROP FUNCTION touch_by_households_disease()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_attempt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN followups_duty p ON p.id = c.duty_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_attempt REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_attempt(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_attempt REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_attempt(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_attempt REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_attempt(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_attempt REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_attempt()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_attempt; DROP TRIGGER touch_on_delete ON followups_attempt; DROP TRIGGER touch_before_update ON followups_attempt; DROP TRIGGER touch_after_update ON followups_attempt; DROP FUNCTION touch_by_followups_attempt()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_pairing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT h.village_id FROM changed c JOIN households_household h ON h.id = c.household_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_pairing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_pairing(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_pairing REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_pairing(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_pairing REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_pairing(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_pairing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_pairing()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_pairing; DROP TRIGGER touch_on_delete ON followups_pairing; DROP TRIGGER touch_before_update ON followups_pairing; DROP TRIGGER touch_after_update ON followups_pairing; DROP FUNCTION touch_by_followups_pairing()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_priorityservice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN followups_referral p ON p.id = c.referral_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_priorityservice REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_priorityservice(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_priorityservice REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_priorityservice(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_priorityservice REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_priorityservice(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_priorityservice REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_priorityservice()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_priorityservice; DROP TRIGGER touch_on_delete ON followups_priorityservice; DROP TRIGGER touch_before_update ON followups_priorityservice; DROP TRIGGER touch_after_update ON followups_priorityservice; DROP FUNCTION touch_by_followups_priorityservice()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_careplan() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN followups_majorcase p ON p.id = c.case_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_careplan REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_careplan(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_careplan REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_careplan(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_careplan REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_careplan(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_careplan REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_careplan()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_careplan; DROP TRIGGER touch_on_delete ON followups_careplan; DROP TRIGGER touch_before_update ON followups_careplan; DROP TRIGGER touch_after_update ON followups_careplan; DROP FUNCTION touch_by_followups_careplan()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_treatment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN followups_majorcase p ON p.id = c.case_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_treatment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_treatment(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_treatment REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_treatment(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_treatment REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_treatment(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_treatment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_treatment()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_treatment; DROP TRIGGER touch_on_delete ON followups_treatment; DROP TRIGGER touch_before_update ON followups_treatment; DROP TRIGGER touch_after_update ON followups_treatment; DROP FUNCTION touch_by_followups_treatment()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_caseassignment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_caseassignment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_caseassignment(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_caseassignment REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_caseassignment(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_caseassignment REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_caseassignment(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_caseassignment REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_caseassignment()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_caseassignment; DROP TRIGGER touch_on_delete ON followups_caseassignment; DROP TRIGGER touch_before_update ON followups_caseassignment; DROP TRIGGER touch_after_update ON followups_caseassignment; DROP FUNCTION touch_by_followups_caseassignment()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_teamreturn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_teamreturn REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teamreturn(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_teamreturn REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teamreturn(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_teamreturn REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teamreturn(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_teamreturn REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teamreturn()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_teamreturn; DROP TRIGGER touch_on_delete ON followups_teamreturn; DROP TRIGGER touch_before_update ON followups_teamreturn; DROP TRIGGER touch_after_update ON followups_teamreturn; DROP FUNCTION touch_by_followups_teamreturn()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_team_villages() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT area_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_team_villages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team_villages(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_team_villages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team_villages(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_team_villages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team_villages(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_team_villages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team_villages()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_team_villages; DROP TRIGGER touch_on_delete ON followups_team_villages; DROP TRIGGER touch_before_update ON followups_team_villages; DROP TRIGGER touch_after_update ON followups_team_villages; DROP FUNCTION touch_by_followups_team_villages()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_team() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT v.area_id FROM changed c JOIN followups_team_villages v ON v.team_id = c.id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_team REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_team REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_team REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_team REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_team()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_team; DROP TRIGGER touch_on_delete ON followups_team; DROP TRIGGER touch_before_update ON followups_team; DROP TRIGGER touch_after_update ON followups_team; DROP FUNCTION touch_by_followups_team()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_followups_teammember() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT v.area_id FROM changed c JOIN followups_team_villages v ON v.team_id = c.team_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON followups_teammember REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teammember(); CREATE TRIGGER touch_on_delete AFTER DELETE ON followups_teammember REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teammember(); CREATE TRIGGER touch_before_update AFTER UPDATE ON followups_teammember REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teammember(); CREATE TRIGGER touch_after_update AFTER UPDATE ON followups_teammember REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_followups_teammember()',
            reverse_sql='DROP TRIGGER touch_on_insert ON followups_teammember; DROP TRIGGER touch_on_delete ON followups_teammember; DROP TRIGGER touch_before_update ON followups_teammember; DROP TRIGGER touch_after_update ON followups_teammember; DROP FUNCTION touch_by_followups_teammember()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_claims_consumptionsurvey() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT h.county_id FROM changed c JOIN households_household h ON h.id = c.household_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON claims_consumptionsurvey REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_consumptionsurvey(); CREATE TRIGGER touch_on_delete AFTER DELETE ON claims_consumptionsurvey REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_consumptionsurvey(); CREATE TRIGGER touch_before_update AFTER UPDATE ON claims_consumptionsurvey REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_consumptionsurvey(); CREATE TRIGGER touch_after_update AFTER UPDATE ON claims_consumptionsurvey REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_consumptionsurvey()',
            reverse_sql='DROP TRIGGER touch_on_insert ON claims_consumptionsurvey; DROP TRIGGER touch_on_delete ON claims_consumptionsurvey; DROP TRIGGER touch_before_update ON claims_consumptionsurvey; DROP TRIGGER touch_after_update ON claims_consumptionsurvey; DROP FUNCTION touch_by_claims_consumptionsurvey()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_claims_referencevalue() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT area_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON claims_referencevalue REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_referencevalue(); CREATE TRIGGER touch_on_delete AFTER DELETE ON claims_referencevalue REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_referencevalue(); CREATE TRIGGER touch_before_update AFTER UPDATE ON claims_referencevalue REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_referencevalue(); CREATE TRIGGER touch_after_update AFTER UPDATE ON claims_referencevalue REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_claims_referencevalue()',
            reverse_sql='DROP TRIGGER touch_on_insert ON claims_referencevalue; DROP TRIGGER touch_on_delete ON claims_referencevalue; DROP TRIGGER touch_before_update ON claims_referencevalue; DROP TRIGGER touch_after_update ON claims_referencevalue; DROP FUNCTION touch_by_claims_referencevalue()',
        ),
        migrations.RunSQL(
            sql="\nCREATE OR REPLACE FUNCTION reports_changed(counties bigint[], day date) RETURNS SETOF bigint\nLANGUAGE plpgsql STABLE\nSET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off SET jit TO off\nAS $$ BEGIN RETURN QUERY\nSELECT DISTINCT x.village_id\n  FROM reports_summaryhorizon s CROSS JOIN LATERAL (\n    SELECT t.village_id, t.changed_xid FROM households_household t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM households_person t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM followups_visit t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM followups_duty t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM followups_need t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM followups_referral t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM followups_majorcase t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM claims_admission t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM claims_settlement t\n     WHERE t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT t.village_id, t.changed_xid FROM audit_tombstone t\n     WHERE t.kind IN ('household', 'person', 'visit', 'duty', 'need', 'referral', 'case', 'admission', 'settlement')\n       AND t.county_id = s.county_id AND t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT v.id, t.changed_xid FROM reports_touched t\n      JOIN accounts_area v ON v.county_id = s.county_id AND v.level = 'village'\n           AND (t.area_id IS NULL OR v.ancestors @> ARRAY[t.area_id])\n     WHERE t.changed_xid >= s.oldest_xid\n    UNION ALL\n    SELECT v.id, t.changed_xid FROM accounts_area t\n      JOIN accounts_area v ON v.county_id = s.county_id AND v.level = 'village'\n     WHERE t.changed_xid >= s.oldest_xid) x\n  LEFT JOIN reports_summary k ON k.area_id = x.village_id AND k.sees_sensitive\n                             AND k.month = date_trunc('month', day)::date\n WHERE s.county_id = ANY(counties)\n   AND NOT pg_visible_in_snapshot(x.changed_xid::text::xid8, s.snapshot::pg_snapshot)\n   AND NOT pg_visible_in_snapshot(x.changed_xid::text::xid8, coalesce(k.snapshot, s.snapshot)::pg_snapshot);\nEND $$",
            reverse_sql='DROP FUNCTION IF EXISTS reports_changed(bigint[], date)',
        ),
        migrations.RunSQL(
            sql="\n    ALTER TABLE reports_report DISABLE TRIGGER USER;\n    UPDATE reports_report SET until = (date_trunc('month', since) + interval '1 month' - interval '1 day')::date;\n    ALTER TABLE reports_report ENABLE TRIGGER USER;\n",
            reverse_sql='',
        ),
        migrations.RunSQL(
            sql="\n    ALTER TABLE reports_reportevent DISABLE TRIGGER USER;\n    UPDATE reports_reportevent SET until = (date_trunc('month', since) + interval '1 month' - interval '1 day')::date;\n    ALTER TABLE reports_reportevent ENABLE TRIGGER USER;\n",
            reverse_sql='',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_monitoringcase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_monitoringcase REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringcase(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_monitoringcase REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringcase(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_monitoringcase REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringcase(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_monitoringcase REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringcase()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_monitoringcase; DROP TRIGGER touch_on_delete ON households_monitoringcase; DROP TRIGGER touch_before_update ON households_monitoringcase; DROP TRIGGER touch_after_update ON households_monitoringcase; DROP FUNCTION touch_by_households_monitoringcase()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_monitoringmeasure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN households_monitoringcase p ON p.id = c.case_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_monitoringmeasure REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringmeasure(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_monitoringmeasure REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringmeasure(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_monitoringmeasure REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringmeasure(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_monitoringmeasure REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_monitoringmeasure()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_monitoringmeasure; DROP TRIGGER touch_on_delete ON households_monitoringmeasure; DROP TRIGGER touch_before_update ON households_monitoringmeasure; DROP TRIGGER touch_after_update ON households_monitoringmeasure; DROP FUNCTION touch_by_households_monitoringmeasure()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_screeninground() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT area_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_screeninground REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screeninground(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_screeninground REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screeninground(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_screeninground REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screeninground(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_screeninground REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screeninground()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_screeninground; DROP TRIGGER touch_on_delete ON households_screeninground; DROP TRIGGER touch_before_update ON households_screeninground; DROP TRIGGER touch_after_update ON households_screeninground; DROP FUNCTION touch_by_households_screeninground()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_screening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_screening REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screening(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_screening REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screening(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_screening REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screening(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_screening REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_screening()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_screening; DROP TRIGGER touch_on_delete ON households_screening; DROP TRIGGER touch_before_update ON households_screening; DROP TRIGGER touch_after_update ON households_screening; DROP FUNCTION touch_by_households_screening()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_healthrecord() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT p.village_id FROM changed c JOIN households_person p ON p.id = c.person_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_healthrecord REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_healthrecord(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_healthrecord REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_healthrecord(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_healthrecord REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_healthrecord(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_healthrecord REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_healthrecord()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_healthrecord; DROP TRIGGER touch_on_delete ON households_healthrecord; DROP TRIGGER touch_before_update ON households_healthrecord; DROP TRIGGER touch_after_update ON households_healthrecord; DROP FUNCTION touch_by_households_healthrecord()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_households_identificationcase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT village_id FROM changed) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON households_identificationcase REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_identificationcase(); CREATE TRIGGER touch_on_delete AFTER DELETE ON households_identificationcase REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_identificationcase(); CREATE TRIGGER touch_before_update AFTER UPDATE ON households_identificationcase REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_identificationcase(); CREATE TRIGGER touch_after_update AFTER UPDATE ON households_identificationcase REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_households_identificationcase()',
            reverse_sql='DROP TRIGGER touch_on_insert ON households_identificationcase; DROP TRIGGER touch_on_delete ON households_identificationcase; DROP TRIGGER touch_before_update ON households_identificationcase; DROP TRIGGER touch_after_update ON households_identificationcase; DROP FUNCTION touch_by_households_identificationcase()',
        ),
        migrations.RunSQL(
            sql='CREATE FUNCTION touch_by_outreach_distribution() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n    INSERT INTO reports_touched (area_id) SELECT DISTINCT x.id FROM (SELECT h.village_id FROM changed c JOIN households_household h ON h.id = c.household_id) x (id);\n    RETURN NULL;\nEND $$; CREATE TRIGGER touch_on_insert AFTER INSERT ON outreach_distribution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_outreach_distribution(); CREATE TRIGGER touch_on_delete AFTER DELETE ON outreach_distribution REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_outreach_distribution(); CREATE TRIGGER touch_before_update AFTER UPDATE ON outreach_distribution REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_outreach_distribution(); CREATE TRIGGER touch_after_update AFTER UPDATE ON outreach_distribution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_by_outreach_distribution()',
            reverse_sql='DROP TRIGGER touch_on_insert ON outreach_distribution; DROP TRIGGER touch_on_delete ON outreach_distribution; DROP TRIGGER touch_before_update ON outreach_distribution; DROP TRIGGER touch_after_update ON outreach_distribution; DROP FUNCTION touch_by_outreach_distribution()',
        ),
    ]
