"""What the database itself holds of the five steps, whoever writes the rows."""

# ruff: noqa: S608 - statements are joined from constants of this module

import pgtrigger

from core.base.triggers import refuse


def follow_condition() -> pgtrigger.Trigger:
    """Person, disease and sensitivity are the condition's, village and county the person's."""
    return pgtrigger.Trigger(
        name="follow_condition",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("condition_id", "person_id", "disease_id", "village_id", "county_id"),
        func="""
            SELECT k.person_id, k.disease_id, k.is_sensitive, p.village_id, p.county_id
              INTO NEW.person_id, NEW.disease_id, NEW.is_sensitive, NEW.village_id, NEW.county_id
              FROM households_condition k JOIN households_person p ON p.id = k.person_id
             WHERE k.id = NEW.condition_id;
            RETURN NEW;
        """,
    )


def begins_registered() -> pgtrigger.Trigger:
    """A case begins at the first step; a relapse follows on a closed case of the same person and disease."""
    return pgtrigger.Trigger(
        name="z_begins_registered",  # after the trigger that fills in person and disease
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("previous_id"),
        func=f"""
            IF TG_OP = 'INSERT' AND NEW.stage <> 'registered' THEN
                {refuse("case_begins_registered", "a case begins by being registered")}
            END IF;
            IF NEW.previous_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM followups_majorcase c
                 WHERE c.id = NEW.previous_id AND c.stage = 'closed' AND c.person_id = NEW.person_id
                   AND c.disease_id = NEW.disease_id AND c.closed_on <= NEW.registered_on
            ) THEN
                {refuse("relapse_follows_a_closed_case", "a relapse follows on a closed case")}
            END IF;
            RETURN NEW;
        """,
    )


def stage_has_its_step() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="stage_has_its_step",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("stage"),
        condition=pgtrigger.Q(old__stage__df=pgtrigger.F("new__stage")),
        func=f"""
            IF NEW.stage IS DISTINCT FROM (
                SELECT s.stage FROM followups_casestep s WHERE s.case_id = NEW.id ORDER BY s.id DESC LIMIT 1
            ) THEN
                {refuse("stage_has_its_step", "the stage of a case is its newest step")}
            END IF;
            RETURN NEW;
        """,
    )


def steps_in_order() -> pgtrigger.Trigger:
    """The next step only, not before the last one, and only with what it rests on."""
    return pgtrigger.Trigger(
        name="steps_in_order",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("held", "followups_majorcase%ROWTYPE"), ("why", "text")],
        func=f"""
            SELECT * INTO held FROM followups_majorcase WHERE id = NEW.case_id FOR UPDATE;
            SELECT reason INTO why FROM followups_caseclosing
             WHERE case_id = NEW.case_id AND state = 'approved' AND decided_on <= NEW.on;
            IF NOT coalesce((held.stage, NEW.stage) IN (
                   ('registered', 'registered'), ('registered', 'assigned'), ('assigned', 'planned'),
                   ('planned', 'treating'), ('treating', 'closed'))
               OR NEW.stage = 'closed' AND held.stage <> 'closed' AND why IN ('died', 'moved'), FALSE) THEN
                {refuse("no_step_is_skipped", "the five steps follow one another")}
            END IF;
            IF NEW.stage <> 'registered' AND NOT EXISTS (
                SELECT 1 FROM followups_casestep s WHERE s.case_id = NEW.case_id AND s.stage = held.stage
            ) THEN
                {refuse("no_step_is_skipped", "the five steps follow one another")}
            END IF;
            IF NEW.on < held.registered_on OR EXISTS (
                SELECT 1 FROM followups_casestep s WHERE s.case_id = NEW.case_id AND s.on > NEW.on
            ) THEN
                {refuse("steps_lie_in_order_of_days", "a step cannot lie before the one it follows on")}
            END IF;
            IF NEW.stage = 'assigned' AND (
                SELECT count(*) FROM followups_caseassignment a
                 WHERE a.person_id = held.person_id AND a.period @> NEW.on
            ) < 3 THEN
                {refuse("assigned_case_has_three_doctors", "three doctors take a case on")}
            END IF;
            IF NEW.stage = 'planned' AND NOT EXISTS (
                SELECT 1 FROM followups_careplan p WHERE p.case_id = NEW.case_id AND p.effective_on <= NEW.on
            ) THEN
                {refuse("planned_case_has_a_signed_plan", "a plan is in force when all three have signed")}
            END IF;
            IF NEW.stage = 'treating' AND NOT EXISTS (
                SELECT 1 FROM followups_treatment t WHERE t.case_id = NEW.case_id AND t.on <= NEW.on
            ) THEN
                {refuse("treated_case_says_how", "say how the person is treated, or why not")}
            END IF;
            IF NEW.stage = 'closed' AND why IS NULL THEN
                {refuse("closed_case_is_approved", "a second person approves the closing")}
            END IF;
            RETURN NEW;
        """,
    )


def move_the_case() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="move_the_case",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            UPDATE followups_majorcase c
               SET stage = NEW.stage,
                   closed_on = CASE WHEN NEW.stage = 'closed' THEN NEW.on END,
                   close_reason = coalesce((SELECT k.reason FROM followups_caseclosing k
                        WHERE k.case_id = c.id AND k.state = 'approved' AND NEW.stage = 'closed'), '')
             WHERE c.id = NEW.case_id AND c.stage <> NEW.stage;
            RETURN NULL;
        """,
    )


def decided_by_the_health_office() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="decided_by_the_health_office",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("decided_by_id", "state"),
        func=f"""
            IF NEW.decided_by_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM accounts_user u WHERE u.id = NEW.decided_by_id
                   AND u.role IN ('township_staff', 'county_staff') AND u.sector = 'health'
            ) THEN
                {refuse("closing_is_decided_by_the_health_office", "township or county health staff decide")}
            END IF;
            RETURN NEW;
        """,
    )


def signed_for_oneself() -> pgtrigger.Trigger:
    """The signer is the doctor himself, in the person's team at his level, and the plan the newest."""
    return pgtrigger.Trigger(
        name="signed_for_oneself",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("held", "followups_careplan%ROWTYPE")],
        func=f"""
            SELECT * INTO held FROM followups_careplan WHERE id = NEW.plan_id FOR UPDATE;
            IF NOT EXISTS (SELECT 1 FROM clinics_practitioner d
                            WHERE d.id = NEW.practitioner_id AND d.user_id = NEW.signer_id) THEN
                {refuse("signer_signs_for_himself", "nobody signs for somebody else")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM followups_caseassignment a JOIN followups_majorcase c ON c.id = held.case_id
                 WHERE a.person_id = c.person_id AND a.level = NEW.level
                   AND a.practitioner_id = NEW.practitioner_id AND a.period @> NEW.signed_on
            ) THEN
                {refuse("signer_is_one_of_the_three", "the three doctors of the person sign")}
            END IF;
            IF NEW.signed_on < held.made_on OR EXISTS (
                SELECT 1 FROM followups_careplan p WHERE p.case_id = held.case_id AND p.version > held.version
            ) THEN
                {refuse("newest_plan_is_signed", "only the newest version can be signed")}
            END IF;
            RETURN NEW;
        """,
    )


def in_force_with_the_third() -> pgtrigger.Trigger:
    """The third signature brings the plan into force and ends the version before it."""
    return pgtrigger.Trigger(
        name="in_force_with_the_third",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        declare=[("last_day", "date")],
        func="""
            SELECT max(signed_on) INTO last_day FROM followups_plansignature
             WHERE plan_id = NEW.plan_id HAVING count(*) = 3;
            IF last_day IS NOT NULL THEN
                UPDATE followups_careplan SET superseded_on = last_day
                 WHERE case_id = (SELECT case_id FROM followups_careplan WHERE id = NEW.plan_id)
                   AND id <> NEW.plan_id AND effective_on IS NOT NULL AND superseded_on IS NULL;
                UPDATE followups_careplan SET effective_on = last_day WHERE id = NEW.plan_id;
            END IF;
            RETURN NULL;
        """,
    )


def three_signatures_first() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="three_signatures_first",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("effective_on"),
        func=f"""
            IF NEW.effective_on IS NOT NULL AND (
                SELECT count(*) FROM followups_plansignature s WHERE s.plan_id = NEW.id) < 3 THEN
                {refuse("plan_in_force_has_three_signatures", "three doctors sign before it is in force")}
            END IF;
            RETURN NEW;
        """,
    )


def newest_treatment() -> pgtrigger.Trigger:
    """The case carries the newest record: by its day, then by the order of writing."""
    return pgtrigger.Trigger(
        name="newest_treatment",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            UPDATE followups_majorcase c SET treatment = t.status, why_not = t.why_not
              FROM (SELECT status, why_not FROM followups_treatment
                     WHERE case_id = NEW.case_id ORDER BY "on" DESC, id DESC LIMIT 1) t
             WHERE c.id = NEW.case_id;
            RETURN NULL;
        """,
    )


def touch_the_cases() -> pgtrigger.Trigger:
    """Whoever copies cases sees that the doctors changed."""
    return pgtrigger.Trigger(
        name="touch_the_cases",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            UPDATE followups_majorcase SET updated_at = now()
             WHERE person_id = NEW.person_id AND stage <> 'closed';
            RETURN NULL;
        """,
    )
