"""What the database itself holds of screening, the six opinions and the letters, whoever writes the rows."""

# ruff: noqa: S608 - statements are joined from constants of this module

import pgtrigger

from core.base.triggers import refuse


def follow_screening() -> pgtrigger.Trigger:
    """Whether a finding is for health staff only is the disease's to say."""
    return pgtrigger.Trigger(
        name="follow_disease",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("disease_id", "is_sensitive"),
        func="""
            SELECT d.is_sensitive INTO NEW.is_sensitive FROM households_disease d WHERE d.id = NEW.disease_id;
            RETURN NEW;
        """,
    )


def nothing_found_names_nothing() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="nothing_found_names_nothing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF EXISTS (SELECT 1 FROM households_screening s
                        WHERE s.id = NEW.screening_id AND s.result = 'none') THEN
                {refuse("nothing_found_names_nothing", "who has nothing has no disease either")}
            END IF;
            RETURN NEW;
        """,
    )


def case_takes_over() -> pgtrigger.Trigger:
    """Secrecy is the disease's; a case begins at the village, and what it rests on is about this disease."""
    return pgtrigger.Trigger(
        name="case_takes_over",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            SELECT d.is_sensitive INTO NEW.is_sensitive FROM households_disease d WHERE d.id = NEW.disease_id;
            NEW.moved_on := NEW.opened_on;
            IF (NEW.level, NEW.state, NEW.turn) <> ('village', 'open', 1) THEN
                {refuse("case_begins_at_the_village", "a case begins at the village")}
            END IF;
            IF NEW.entry_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM households_catalogueentry e
                 WHERE e.id = NEW.entry_id AND e.disease_id = NEW.disease_id) THEN
                {refuse("entry_names_the_disease", "the entry of the list names another disease")}
            END IF;
            IF NEW.screening_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM households_screening s
                 WHERE s.id = NEW.screening_id AND s.person_id = NEW.person_id AND s.result = 'found') THEN
                {refuse("screening_is_the_persons", "the screening is of somebody else, or found nothing")}
            END IF;
            RETURN NEW;
        """,
    )


def moves_by_opinions() -> pgtrigger.Trigger:
    """Only an opinion moves a case: the trigger that runs below the one of the opinion."""
    return pgtrigger.Trigger(
        name="moves_by_opinions",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("level", "state", "turn", "moved_on", "ended_on"),
        func=f"""
            IF pg_trigger_depth() < 2 AND (NEW.level, NEW.state, NEW.turn, NEW.moved_on, NEW.ended_on)
                    IS DISTINCT FROM (OLD.level, OLD.state, OLD.turn, OLD.moved_on, OLD.ended_on) THEN
                {refuse("case_moves_by_opinions", "only an opinion moves a case")}
            END IF;
            RETURN NEW;
        """,
    )


def condition_is_the_persons() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="condition_is_the_persons",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("condition_id"),
        func=f"""
            IF NEW.condition_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM households_condition k WHERE k.id = NEW.condition_id
                   AND k.person_id = NEW.person_id AND k.disease_id = NEW.disease_id) THEN
                {refuse("condition_is_the_persons", "the condition is another one")}
            END IF;
            RETURN NEW;
        """,
    )


def opinion_fits() -> pgtrigger.Trigger:
    """Where the case stands, not before it came there, and by somebody of that level, side and place.

    At the village also the doctor who stands in for the absent village doctor on that day."""
    return pgtrigger.Trigger(
        name="opinion_fits",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("held", "households_identificationcase%ROWTYPE")],
        func=f"""
            SELECT * INTO held FROM households_identificationcase WHERE id = NEW.case_id FOR UPDATE;
            IF held.state NOT IN ('open', 'returned') OR (held.level, held.turn) <> (NEW.level, NEW.turn) THEN
                {refuse("opinion_is_asked_for", "the case does not wait for this opinion")}
            END IF;
            IF NEW.on < held.moved_on THEN
                {refuse("opinions_lie_in_order", "an opinion cannot lie before the case came here")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM accounts_user u JOIN accounts_area v ON v.id = held.village_id
                 WHERE u.id = NEW.by_id AND u.sector = NEW.side AND CASE NEW.level
                       WHEN 'county' THEN u.role = 'county_staff' AND u.area_id = held.county_id
                       WHEN 'township' THEN u.role = 'township_staff' AND u.area_id = v.parent_id
                       ELSE u.area_id = v.id AND u.role = CASE NEW.side WHEN 'health' THEN 'village_doctor'
                                                                        ELSE 'village_clerk' END
                       OR NEW.side = 'health' AND u.role IN ('village_doctor', 'team_doctor') AND EXISTS (
                            SELECT 1 FROM accounts_absence b JOIN accounts_user d ON d.id = b.doctor_id
                             WHERE b.deputy_id = u.id AND b.period @> NEW.on AND d.area_id = v.id
                               AND d.role = 'village_doctor') END) THEN
                {refuse("opinion_is_given_by_its_own_side", "role, sector or area do not fit")}
            END IF;
            RETURN NEW;
        """,
    )


def move_the_case() -> pgtrigger.Trigger:
    """Both agree: up, and at the county confirmed. One disagrees: down one level, with a new turn.

    At the village the second opinion is heard all the same; where both disagree nothing is identified."""
    return pgtrigger.Trigger(
        name="move_the_case",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        declare=[("other", "boolean")],
        func="""
            SELECT o.agrees INTO other FROM households_opinion o
             WHERE o.case_id = NEW.case_id AND o.level = NEW.level AND o.turn = NEW.turn
               AND o.side <> NEW.side;
            IF NEW.agrees AND other THEN
                UPDATE households_identificationcase
                   SET level = CASE NEW.level WHEN 'village' THEN 'township' ELSE 'county' END,
                       state = CASE NEW.level WHEN 'county' THEN 'confirmed' ELSE 'open' END,
                       ended_on = CASE NEW.level WHEN 'county' THEN NEW.on END, moved_on = NEW.on
                 WHERE id = NEW.case_id;
            ELSIF NEW.level = 'village' AND NOT NEW.agrees AND NOT other THEN
                UPDATE households_identificationcase
                   SET state = 'rejected', ended_on = NEW.on, moved_on = NEW.on
                 WHERE id = NEW.case_id;
            ELSIF NEW.level = 'village' AND other IS NOT NULL
               OR NEW.level <> 'village' AND NOT NEW.agrees THEN
                UPDATE households_identificationcase
                   SET level = CASE NEW.level WHEN 'county' THEN 'township' ELSE 'village' END,
                       state = 'returned', turn = NEW.turn + 1, moved_on = NEW.on
                 WHERE id = NEW.case_id;
            END IF;
            RETURN NULL;
        """,
    )


def letter_keeps_secrets() -> pgtrigger.Trigger:
    """A letter goes to an administration: its own villages only, and nothing that is for health staff."""
    return pgtrigger.Trigger(
        name="letter_keeps_secrets",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM households_identificationletter l, households_identificationcase c
                  JOIN accounts_area v ON v.id = c.village_id
                 WHERE l.id = NEW.letter_id AND c.id = NEW.case_id AND l.area_id = ANY(v.ancestors)
                   AND NOT c.is_sensitive) THEN
                {refuse("letter_keeps_secrets", "this stands in no letter to this office")}
            END IF;
            RETURN NEW;
        """,
    )


def take_identification_along() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="take_identification_along",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("village_id"),
        condition=pgtrigger.Q(old__village__df=pgtrigger.F("new__village")),
        func="""
            UPDATE households_screening SET village_id = NEW.village_id WHERE person_id = NEW.id;
            UPDATE households_identificationcase SET village_id = NEW.village_id WHERE person_id = NEW.id;
            RETURN NULL;
        """,
    )
