"""Every table of this app as the numbered migrations leave it, made in one step."""

import core.audit.operations
import core.base.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('clinics', '0001_initial'), ('clinics', '0002_hospital_areas'), ('clinics', '0003_roles_last_a_day'), ('clinics', '0004_attributes')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '0004_village_clerks'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        core.audit.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Licence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('kind', models.CharField(max_length=40)),
                        ('number', models.CharField(max_length=40)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField()),
                        ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licences', to='clinics.practitioner')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='licence_ends_after_start'), models.UniqueConstraint(fields=('kind', 'number'), name='one_licence_per_number')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='84ef2ac21fed1f422fd15ac76194c76bf0e2906e', operation='UPDATE', pgid='pgtrigger_stamp_fc3ed', table='clinics_licence', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_licenceevent" ("created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "valid_from", "valid_to") SELECT new_values."created_at", new_values."id", new_values."kind", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."practitioner_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8ab1b36b8936ad039c937f1c9775a7e370212ea', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b609b', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_licence', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."practitioner_id" IS DISTINCT FROM (NEW."practitioner_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "clinics_licenceevent" ("created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "valid_from", "valid_to") VALUES (NEW."created_at", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."practitioner_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='741f00de4107808c8ec554974aa6bf17d562721a', operation='UPDATE', pgid='pgtrigger_update_update_7647e', table='clinics_licence', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_licenceevent" ("created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "valid_from", "valid_to") SELECT old_values."created_at", old_values."id", old_values."kind", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."practitioner_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='654611405a12b7e01f9fe19dfae8a27deaf08769', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a8ca4', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_licence', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CareCircle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('measured_on', models.DateField()),
                        ('village', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='care_circle', to='accounts.area')),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circle', to='clinics.institution')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='4297f8818f83750b9321f10b4e67d0cd5579e7b0', operation='UPDATE', pgid='pgtrigger_stamp_603b1', table='clinics_carecircle', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_carecircleevent" ("created_at", "id", "institution_id", "measured_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT new_values."created_at", new_values."id", new_values."institution_id", new_values."measured_on", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d29ccc108653b1b5305d9a46028ca83c951c5990', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ef6e', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_carecircle', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."measured_on" IS DISTINCT FROM (NEW."measured_on") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."village_id" IS DISTINCT FROM (NEW."village_id"))', func='INSERT INTO "clinics_carecircleevent" ("created_at", "id", "institution_id", "measured_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") VALUES (NEW."created_at", NEW."id", NEW."institution_id", NEW."measured_on", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."village_id"); RETURN NULL;', hash='53945674e68c7e12200d6ccbf80ebfc5d5e24bd2', operation='UPDATE', pgid='pgtrigger_update_update_26035', table='clinics_carecircle', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_carecircleevent" ("created_at", "id", "institution_id", "measured_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT old_values."created_at", old_values."id", old_values."institution_id", old_values."measured_on", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9a8d3f487566468df2757066c68829c2c91adf70', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5c8ab', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_carecircle', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='Institution',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('code', models.CharField(max_length=22, unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('kind', models.CharField(choices=[('village_clinic', 'village clinic'), ('township_hospital', 'township hospital'), ('county_hospital', 'county hospital'), ('higher_hospital', 'higher hospital')], max_length=20, verbose_name='kind')),
                        ('ownership', models.CharField(choices=[('public', 'public'), ('private', 'private'), ('rented', 'rented')], default='public', max_length=10)),
                        ('is_standardised', models.BooleanField(default=False)),
                        ('is_designated', models.BooleanField(default=False)),
                        ('has_settlement_window', models.BooleanField(default=False)),
                        ('beds', models.PositiveIntegerField(default=0)),
                        ('reserved_beds', models.PositiveIntegerField(default=0)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='institutions', to='accounts.area')),
                        ('equipment', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cabinet', 'cabinet of Western and Chinese drugs'), ('chairs', 'infusion chairs'), ('bed', 'observation bed'), ('pressure', 'blood pressure monitor'), ('glucose', 'glucose meter'), ('ecg', 'electrocardiograph'), ('oxygen', 'oxygen'), ('computer', 'computer with the network')], max_length=14), db_default=[], default=list, size=None)),
                        ('floor_area', models.DecimalField(decimal_places=1, max_digits=7, null=True, verbose_name='floor area (m²)')),
                        ('rooms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('consultation', 'consultation room'), ('treatment', 'treatment room'), ('observation', 'observation room'), ('disposal', 'dressing room'), ('pharmacy', 'pharmacy'), ('prevention', 'public health room')], max_length=14), db_default=[], default=list, size=None)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reserved_beds__lte', models.F('beds'))), name='reserved_beds_within_beds'), models.CheckConstraint(condition=models.Q(('floor_area', None), ('floor_area__gt', 0), _connector='OR'), name='floor_area_is_above_zero')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='8a05309a55ce2b92327592fff7fedca3e7f926be', operation='UPDATE', pgid='pgtrigger_stamp_88f56', table='clinics_institution', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_institutionevent" ("area_id", "beds", "code", "created_at", "equipment", "floor_area", "has_settlement_window", "id", "is_designated", "is_standardised", "kind", "name", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reserved_beds", "rooms") SELECT new_values."area_id", new_values."beds", new_values."code", new_values."created_at", new_values."equipment", new_values."floor_area", new_values."has_settlement_window", new_values."id", new_values."is_designated", new_values."is_standardised", new_values."kind", new_values."name", new_values."ownership", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reserved_beds", new_values."rooms" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6a58e2e1be5ae196c958ddbdc5697fb082c4e8c5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aa3ac', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_institution', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."beds" IS DISTINCT FROM (NEW."beds") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."equipment" IS DISTINCT FROM (NEW."equipment") OR OLD."floor_area" IS DISTINCT FROM (NEW."floor_area") OR OLD."has_settlement_window" IS DISTINCT FROM (NEW."has_settlement_window") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_designated" IS DISTINCT FROM (NEW."is_designated") OR OLD."is_standardised" IS DISTINCT FROM (NEW."is_standardised") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."ownership" IS DISTINCT FROM (NEW."ownership") OR OLD."reserved_beds" IS DISTINCT FROM (NEW."reserved_beds") OR OLD."rooms" IS DISTINCT FROM (NEW."rooms"))', func='INSERT INTO "clinics_institutionevent" ("area_id", "beds", "code", "created_at", "equipment", "floor_area", "has_settlement_window", "id", "is_designated", "is_standardised", "kind", "name", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reserved_beds", "rooms") VALUES (NEW."area_id", NEW."beds", NEW."code", NEW."created_at", NEW."equipment", NEW."floor_area", NEW."has_settlement_window", NEW."id", NEW."is_designated", NEW."is_standardised", NEW."kind", NEW."name", NEW."ownership", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reserved_beds", NEW."rooms"); RETURN NULL;', hash='5c59fa96cfc3c77264a7985a052a513dbac2eeca', operation='UPDATE', pgid='pgtrigger_update_update_71480', table='clinics_institution', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_institutionevent" ("area_id", "beds", "code", "created_at", "equipment", "floor_area", "has_settlement_window", "id", "is_designated", "is_standardised", "kind", "name", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reserved_beds", "rooms") SELECT old_values."area_id", old_values."beds", old_values."code", old_values."created_at", old_values."equipment", old_values."floor_area", old_values."has_settlement_window", old_values."id", old_values."is_designated", old_values."is_standardised", old_values."kind", old_values."name", old_values."ownership", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reserved_beds", old_values."rooms" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ba79248ea631840a6125251d1a67b7bb67c641b2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_67330', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_institution', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CareCircleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('measured_on', models.DateField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.carecircle')),
                        ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98ebab4478729f43c93864282a548b373c69ae43', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_00292', table='clinics_carecircleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='InstitutionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('code', models.CharField(max_length=22, verbose_name='code')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('kind', models.CharField(choices=[('village_clinic', 'village clinic'), ('township_hospital', 'township hospital'), ('county_hospital', 'county hospital'), ('higher_hospital', 'higher hospital')], max_length=20, verbose_name='kind')),
                        ('ownership', models.CharField(choices=[('public', 'public'), ('private', 'private'), ('rented', 'rented')], default='public', max_length=10)),
                        ('is_standardised', models.BooleanField(default=False)),
                        ('is_designated', models.BooleanField(default=False)),
                        ('has_settlement_window', models.BooleanField(default=False)),
                        ('beds', models.PositiveIntegerField(default=0)),
                        ('reserved_beds', models.PositiveIntegerField(default=0)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.institution')),
                        ('equipment', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cabinet', 'cabinet of Western and Chinese drugs'), ('chairs', 'infusion chairs'), ('bed', 'observation bed'), ('pressure', 'blood pressure monitor'), ('glucose', 'glucose meter'), ('ecg', 'electrocardiograph'), ('oxygen', 'oxygen'), ('computer', 'computer with the network')], max_length=14), db_default=[], default=list, size=None)),
                        ('floor_area', models.DecimalField(decimal_places=1, max_digits=7, null=True, verbose_name='floor area (m²)')),
                        ('rooms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('consultation', 'consultation room'), ('treatment', 'treatment room'), ('observation', 'observation room'), ('disposal', 'dressing room'), ('pharmacy', 'pharmacy'), ('prevention', 'public health room')], max_length=14), db_default=[], default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fbf29c831a489151aae0b69e0a00c03cf0b54512', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f04ed', table='clinics_institutionevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Practitioner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('name', models.CharField(max_length=40, verbose_name='name')),
                        ('is_general_practitioner', models.BooleanField(default=False, verbose_name='general practitioner')),
                        ('title', models.CharField(blank=True, max_length=40)),
                        ('home_village', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practitioners', to='clinics.institution')),
                        ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practitioner', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='ba41c84bcb69140400da70dbd6dae13380a97276', operation='UPDATE', pgid='pgtrigger_stamp_d925f', table='clinics_practitioner', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_practitionerevent" ("created_at", "home_village_id", "id", "institution_id", "is_general_practitioner", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "user_id") SELECT new_values."created_at", new_values."home_village_id", new_values."id", new_values."institution_id", new_values."is_general_practitioner", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."title", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4d2fbfa086bba17843ed0c3a685d518bf2d62c8a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_37055', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_practitioner', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."home_village_id" IS DISTINCT FROM (NEW."home_village_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."is_general_practitioner" IS DISTINCT FROM (NEW."is_general_practitioner") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "clinics_practitionerevent" ("created_at", "home_village_id", "id", "institution_id", "is_general_practitioner", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "user_id") VALUES (NEW."created_at", NEW."home_village_id", NEW."id", NEW."institution_id", NEW."is_general_practitioner", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."user_id"); RETURN NULL;', hash='bdbf64ece7caaf10976f89f310cc4ca5b56cf388', operation='UPDATE', pgid='pgtrigger_update_update_5cf96', table='clinics_practitioner', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_practitionerevent" ("created_at", "home_village_id", "id", "institution_id", "is_general_practitioner", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "user_id") SELECT old_values."created_at", old_values."home_village_id", old_values."id", old_values."institution_id", old_values."is_general_practitioner", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."title", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f17097d5e03a00d2303d74ce0b4e17863028f3b5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e3da7', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_practitioner', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LicenceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('kind', models.CharField(max_length=40)),
                        ('number', models.CharField(max_length=40)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.licence')),
                        ('practitioner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.practitioner')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='85ade9ba9c2b7b69e58143bdaf145b4e08907ae0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08288', table='clinics_licenceevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PractitionerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('name', models.CharField(max_length=40, verbose_name='name')),
                        ('is_general_practitioner', models.BooleanField(default=False, verbose_name='general practitioner')),
                        ('title', models.CharField(blank=True, max_length=40)),
                        ('home_village', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.practitioner')),
                        ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4f8f0e07be251438c3ae6a4e7ebe0e283ddf5d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_66f5c', table='clinics_practitionerevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='HospitalTown',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='period')),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='towns', to='clinics.institution')),
                        ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hospitals', to='accounts.area')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('township', '='), ('period', '&&')], name='one_hospital_per_town_at_a_time'), models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='town_is_kept_a_day')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='e5b9c96aefa53cfe1bf8688ec0818711958877e8', operation='UPDATE', pgid='pgtrigger_stamp_4d0dd', table='clinics_hospitaltown', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_hospitaltownevent" ("created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "township_id") SELECT new_values."created_at", new_values."id", new_values."institution_id", new_values."period", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."township_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e027690c6a6c9768e3340c4ee0cb489187ac5ba4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_22318', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_hospitaltown', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."township_id" IS DISTINCT FROM (NEW."township_id"))', func='INSERT INTO "clinics_hospitaltownevent" ("created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "township_id") VALUES (NEW."created_at", NEW."id", NEW."institution_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."township_id"); RETURN NULL;', hash='3f588bd6f3efac8f81056621842f68aa7e19dc27', operation='UPDATE', pgid='pgtrigger_update_update_581fa', table='clinics_hospitaltown', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_hospitaltownevent" ("created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "township_id") SELECT old_values."created_at", old_values."id", old_values."institution_id", old_values."period", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."township_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7b9f915535ecf4250e240a45f3c91aa84838d74a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_accea', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_hospitaltown', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='HospitalTownEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='period')),
                        ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.hospitaltown')),
                        ('township', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1cae66e97f648f0ab50349b695ddf4899e9dd6e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63cfb', table='clinics_hospitaltownevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='InstitutionRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('role', models.CharField(choices=[('designated', 'designated hospital'), ('support', 'paired support hospital'), ('cooperation', 'cooperating hospital')], max_length=12, verbose_name='role')),
                        ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='period')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='clinics.institution')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('county', '='), ('institution', '='), ('role', '='), ('period', '&&')], name='one_role_of_a_kind_at_a_time'), models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='role_lasts_a_day')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='3d0d0e88c6615d462c561e8f4cfc5170aac54a87', operation='UPDATE', pgid='pgtrigger_stamp_69a0c', table='clinics_institutionrole', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_institutionroleevent" ("county_id", "created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT new_values."county_id", new_values."created_at", new_values."id", new_values."institution_id", new_values."period", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6189e62ed71436f1c27e61426b56df3fb529d368', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c63dc', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_institutionrole', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."county_id" IS DISTINCT FROM (NEW."county_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."role" IS DISTINCT FROM (NEW."role"))', func='INSERT INTO "clinics_institutionroleevent" ("county_id", "created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."county_id", NEW."created_at", NEW."id", NEW."institution_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;', hash='e5941f98b5bf2911b82e9e4bffcddf6670e438dd', operation='UPDATE', pgid='pgtrigger_update_update_f1507', table='clinics_institutionrole', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_institutionroleevent" ("county_id", "created_at", "id", "institution_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT old_values."county_id", old_values."created_at", old_values."id", old_values."institution_id", old_values."period", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f0b6751a9e9e011df2ab84cb9acfd26f7b02abfa', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_473e8', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_institutionrole', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='InstitutionRoleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('role', models.CharField(choices=[('designated', 'designated hospital'), ('support', 'paired support hospital'), ('cooperation', 'cooperating hospital')], max_length=12, verbose_name='role')),
                        ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='period')),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.area')),
                        ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.institutionrole')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e39c49099318bc29c5fc0a41243faae0603390a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15755', table='clinics_institutionroleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RebuildProject',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated')),
                        ('changed_xid', models.BigIntegerField(db_default=core.base.models.CurrentTransaction(), editable=False)),
                        ('title', models.CharField(max_length=120, verbose_name='what is built')),
                        ('budget', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='budget (yuan)')),
                        ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='spent (yuan)')),
                        ('began_on', models.DateField(verbose_name='begun on')),
                        ('accepted_on', models.DateField(null=True, verbose_name='accepted on')),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebuilds', to='clinics.institution')),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('budget__gt', 0)), name='rebuild_has_its_budget'), models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='rebuild_spends_from_zero'), models.CheckConstraint(condition=models.Q(('accepted_on', None), ('accepted_on__gte', models.F('began_on')), _connector='OR'), name='rebuild_is_accepted_after_it_began')],
                        'triggers': [pgtrigger.compiler.Trigger(name='stamp', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            NEW.updated_at := now();\n            NEW.changed_xid := pg_current_xact_id()::text::bigint;\n            RETURN NEW;\n        ', hash='f76569417083e1ff91c64992922a27ec0e01350e', operation='UPDATE', pgid='pgtrigger_stamp_e545a', table='clinics_rebuildproject', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_rebuildprojectevent" ("accepted_on", "began_on", "budget", "created_at", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spent", "title") SELECT new_values."accepted_on", new_values."began_on", new_values."budget", new_values."created_at", new_values."id", new_values."institution_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."spent", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1558af2ce3ec4b42235d99f67f51448716e16624', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d5a27', referencing='REFERENCING NEW TABLE AS new_values ', table='clinics_rebuildproject', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_on" IS DISTINCT FROM (NEW."accepted_on") OR OLD."began_on" IS DISTINCT FROM (NEW."began_on") OR OLD."budget" IS DISTINCT FROM (NEW."budget") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."spent" IS DISTINCT FROM (NEW."spent") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "clinics_rebuildprojectevent" ("accepted_on", "began_on", "budget", "created_at", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spent", "title") VALUES (NEW."accepted_on", NEW."began_on", NEW."budget", NEW."created_at", NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."spent", NEW."title"); RETURN NULL;', hash='b0a9d66a833df0061f49953ab7b0560157886e42', operation='UPDATE', pgid='pgtrigger_update_update_afb9a', table='clinics_rebuildproject', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clinics_rebuildprojectevent" ("accepted_on", "began_on", "budget", "created_at", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spent", "title") SELECT old_values."accepted_on", old_values."began_on", old_values."budget", old_values."created_at", old_values."id", old_values."institution_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."spent", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1578eb233cbe3e98b270c748ba68aa97e351f732', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_72053', referencing='REFERENCING OLD TABLE AS old_values ', table='clinics_rebuildproject', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RebuildProjectEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                        ('title', models.CharField(max_length=120, verbose_name='what is built')),
                        ('budget', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='budget (yuan)')),
                        ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='spent (yuan)')),
                        ('began_on', models.DateField(verbose_name='begun on')),
                        ('accepted_on', models.DateField(null=True, verbose_name='accepted on')),
                        ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clinics.institution')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clinics.rebuildproject')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [],
                        'constraints': [],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f666a3f8584b91c3d1e7c16a221eb85e6869694c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a25e8', table='clinics_rebuildprojectevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
