"""Every table of this app as the numbered migrations leave it, made in one step."""

import core.audit.operations
import core.base.models
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reports', '0001_initial'), ('reports', '0002_corrections')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
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
                        ('month', models.DateField(help_text='first day of the month')),
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
                    ],
                    options={
                        'indexes': [models.Index(fields=['area', '-month'], name='report_list')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'area', 'month', 'language'), name='one_report_per_area_month_and_language'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('xlsx_path', ''), _negated=True), models.Q(('pdf_path', ''), _negated=True)), _connector='OR'), name='finished_report_has_its_files'), models.CheckConstraint(condition=models.Q(('edition', 1), models.Q(('edition__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='corrected_report_says_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='79b668a790e10b9a3130b1e214d705eb10aa22ca', operation='UPDATE', pgid='pgtrigger_stamp_2230a', table='reports_report', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportevent" ("area_id", "attempts", "created_at", "data_time", "edition", "figures", "id", "kind", "language", "month", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "state", "xlsx_path", "xlsx_sha256") SELECT new_values."area_id", new_values."attempts", new_values."created_at", new_values."data_time", new_values."edition", new_values."figures", new_values."id", new_values."kind", new_values."language", new_values."month", new_values."pdf_path", new_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."problem", new_values."reason", new_values."requested_by_id", new_values."sha256", new_values."state", new_values."xlsx_path", new_values."xlsx_sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4b0a5ad2a1ac78a7f41bceefbcbc72032d9722f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_84ceb', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_report', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."data_time" IS DISTINCT FROM (NEW."data_time") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."figures" IS DISTINCT FROM (NEW."figures") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."month" IS DISTINCT FROM (NEW."month") OR OLD."pdf_path" IS DISTINCT FROM (NEW."pdf_path") OR OLD."pdf_sha256" IS DISTINCT FROM (NEW."pdf_sha256") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."xlsx_path" IS DISTINCT FROM (NEW."xlsx_path") OR OLD."xlsx_sha256" IS DISTINCT FROM (NEW."xlsx_sha256"))', func='INSERT INTO "reports_reportevent" ("area_id", "attempts", "created_at", "data_time", "edition", "figures", "id", "kind", "language", "month", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "state", "xlsx_path", "xlsx_sha256") VALUES (NEW."area_id", NEW."attempts", NEW."created_at", NEW."data_time", NEW."edition", NEW."figures", NEW."id", NEW."kind", NEW."language", NEW."month", NEW."pdf_path", NEW."pdf_sha256", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem", NEW."reason", NEW."requested_by_id", NEW."sha256", NEW."state", NEW."xlsx_path", NEW."xlsx_sha256"); RETURN NULL;', hash='18aa840b2d400dfada36214ae7cc0bbad2bb7b04', operation='UPDATE', pgid='pgtrigger_update_update_234a9', table='reports_report', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportevent" ("area_id", "attempts", "created_at", "data_time", "edition", "figures", "id", "kind", "language", "month", "pdf_path", "pdf_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem", "reason", "requested_by_id", "sha256", "state", "xlsx_path", "xlsx_sha256") SELECT old_values."area_id", old_values."attempts", old_values."created_at", old_values."data_time", old_values."edition", old_values."figures", old_values."id", old_values."kind", old_values."language", old_values."month", old_values."pdf_path", old_values."pdf_sha256", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."problem", old_values."reason", old_values."requested_by_id", old_values."sha256", old_values."state", old_values."xlsx_path", old_values."xlsx_sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9c8c3f32300890d69291d2b9cef99a3c8c87ca9b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6acd6', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_report', when='AFTER'))],
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
                        ('month', models.DateField(help_text='first day of the month')),
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
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79709c12d5a2ece868c72f81bcfe3e43e6ab1222', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eac1b', table='reports_reportevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
