-- Everybody present whom nobody looks after, with every reason: no valid contract; a contract with a team that is
-- closed, has no leader, or whose leader has no valid licence; a village without a licensed doctor.
WITH licensed AS (
     SELECT DISTINCT l.practitioner_id FROM clinics_licence l
      WHERE %(on)s::date BETWEEN l.valid_from AND l.valid_to
), teams AS (
     SELECT t.id, t.closed_on IS NOT NULL AND t.closed_on <= %(on)s AS is_closed,
            lead.practitioner_id IS NULL AS is_leaderless,
            lead.practitioner_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM licensed l WHERE l.practitioner_id = lead.practitioner_id) AS is_unlicensed
       FROM followups_team t
       LEFT JOIN followups_teammember lead ON lead.team_id = t.id AND lead.slot = 'leader' AND lead.to_on IS NULL
), doctored AS (
     SELECT i.area_id AS village_id FROM clinics_practitioner q
       JOIN clinics_institution i ON i.id = q.institution_id AND i.kind = 'village_clinic'
       JOIN licensed l ON l.practitioner_id = q.id
      UNION
     SELECT s.area_id FROM followups_team_villages s
       JOIN followups_team t ON t.id = s.team_id AND t.closed_on IS NULL
       JOIN followups_teammember m ON m.team_id = s.team_id AND m.slot = 'village_doctor' AND m.to_on IS NULL
       JOIN licensed l ON l.practitioner_id = m.practitioner_id
), uncovered AS (
     SELECT p.id AS person_id, p.household_id, p.village_id, c.team_id,
            array_remove(ARRAY[
                CASE WHEN c.id IS NULL THEN 'no_contract' END,
                CASE WHEN t.is_closed THEN 'team_closed' END,
                CASE WHEN t.is_leaderless THEN 'no_leader' END,
                CASE WHEN t.is_unlicensed THEN 'leader_unlicensed' END,
                CASE WHEN v.village_id IS NULL THEN 'no_doctor' END], NULL) AS reasons
       FROM households_person p
       JOIN households_household h ON h.id = p.household_id AND h.left_on IS NULL AND h.standing <> 'removed'
       LEFT JOIN followups_contract c ON c.person_id = p.id AND c.state = 'signed' AND c.period @> %(on)s::date
       LEFT JOIN teams t ON t.id = c.team_id
       LEFT JOIN doctored v ON v.village_id = p.village_id
      WHERE p.village_id = ANY(%(villages)s) AND p.left_on IS NULL
        AND (c.id IS NULL OR t.is_closed OR t.is_leaderless OR t.is_unlicensed OR v.village_id IS NULL)
)
