"""Households, residents and patients as they stood on a day."""

# Someone who died, moved or was struck off is out from that day on, with the whole history kept.
REGISTERED = """
    (h.left_on IS NULL AND h.standing <> 'removed' OR h.left_on > %(on)s)
    AND (h.registered_on IS NULL OR h.registered_on <= %(on)s)
"""
RESIDENT = f"""
    (p.left_on IS NULL OR p.left_on > %(on)s) AND p.birth_date <= %(on)s AND {REGISTERED}
"""

# OFFSET 0 keeps this one scan of the villages' contracts; pulled up, it becomes a look-up for each person.
CONTRACTS = """
    SELECT person_id, team_id, upper(period) AS ends_on FROM followups_contract
     WHERE village_id = ANY(%(villages)s) AND state <> 'draft' AND period @> %(on)s::date OFFSET 0
"""

# A closed door counts as "away for work" for half a year, until the person is met again.
AWAY = """
    SELECT DISTINCT d.person_id FROM followups_attempt t JOIN followups_duty d ON d.id = t.duty_id
     WHERE d.village_id = ANY(%(villages)s) AND t.reason = '1'
       AND t.attempted_on <= %(on)s AND t.attempted_on > %(on)s::date - 183
       AND NOT EXISTS (
           SELECT 1 FROM followups_visit v
            WHERE v.person_id = d.person_id AND v.is_current AND v.is_face_to_face
              AND v.visited_on BETWEEN t.attempted_on AND %(on)s)
"""

# Reasons that take somebody out of those who should be enrolled here (DOMAIN A6): in the army, in prison,
# insured elsewhere. Whoever has not paid yet stays in.
EXEMPT = """
    SELECT DISTINCT person_id FROM households_enrolment
     WHERE year = %(year)s AND scheme = 'basic' AND village_id = ANY(%(villages)s) AND NOT is_enrolled
       AND why_not IN ('参军', '服刑', '异地参保', '在外参保')
"""

# Given by the day and not replaced by then; a kit that has run out is none.
_HANDED = """
    EXISTS (SELECT FROM outreach_distribution g
             WHERE g.household_id = h.id AND g.item = '{item}' AND g.given_on <= %(on)s
               AND (g.replaced_on IS NULL OR g.replaced_on > %(on)s)
               AND (g.expires_on IS NULL OR g.expires_on > %(on)s))
"""

HOUSEHOLDS = f"""
SELECT h.id AS key, NULL::bigint AS person_id, h.id AS household_id, h.village_id, c.team_id,
       h.main_cause = 'illness' AS is_ill_caused,
       h.standing = 'lifted' AS is_lifted,
       h.standing = 'monitored' AS is_monitored,
       b.household_id IS NOT NULL AS is_paired,
       {_HANDED.format(item="contact_card")} AS has_card,
       {_HANDED.format(item="policy_card")} AS has_policy_card,
       {_HANDED.format(item="medicine_kit")} AS has_kit
  FROM households_household h
  LEFT JOIN households_person p ON p.household_id = h.id AND p.relation = '02' AND p.left_on IS NULL
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
  LEFT JOIN followups_pairing b ON b.household_id = h.id AND b.period @> %(on)s::date
 WHERE h.village_id = ANY(%(villages)s) AND {REGISTERED}
"""  # noqa: S608 - our own texts

PEOPLE = f"""
SELECT p.id AS key, p.id AS person_id, p.household_id, p.village_id, c.team_id,
       c.person_id IS NOT NULL AS is_contracted, c.ends_on AS contract_ends_on,
       i.person_id IS NOT NULL AS is_insured,
       i.person_id IS NULL AND y.person_id IS NOT NULL AS is_exempt,
       x.examined_on, x.person_id IS NOT NULL AS is_examined,
       s.person_id IS NOT NULL AS is_ill,
       a.person_id IS NOT NULL AS is_away,
       z.minutes,
       h.main_cause = 'illness' AND s.person_id IS NOT NULL AS is_ill_caused
  FROM households_person p
  JOIN households_household h ON h.id = p.household_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
  LEFT JOIN (
      SELECT DISTINCT person_id FROM households_enrolment
       WHERE year = %(year)s AND scheme IN ('basic', 'employee') AND village_id = ANY(%(villages)s)
         AND is_enrolled AND (paid_on IS NULL OR paid_on <= %(on)s)
  ) i ON i.person_id = p.id
  LEFT JOIN ({EXEMPT}) y ON y.person_id = p.id
  LEFT JOIN (
      SELECT person_id, examined_on FROM households_exam
       WHERE year = %(year)s AND village_id = ANY(%(villages)s) AND examined_on <= %(on)s
  ) x ON x.person_id = p.id
  LEFT JOIN (
      SELECT DISTINCT person_id FROM households_condition
       WHERE village_id = ANY(%(villages)s) AND confirmed_on <= %(on)s
         AND (ended_on IS NULL OR ended_on > %(on)s) AND (%(sensitive)s OR NOT is_sensitive)
  ) s ON s.person_id = p.id
  LEFT JOIN ({AWAY}) a ON a.person_id = p.id
  LEFT JOIN clinics_carecircle z ON z.village_id = p.village_id AND z.measured_on <= %(on)s
 WHERE p.village_id = ANY(%(villages)s) AND h.village_id = ANY(%(villages)s) AND {RESIDENT}
"""  # noqa: S608 - our own texts

# Rows that only say "lost" or "died" are no visits (DOMAIN B1.0); an amended one counts in its last version.
MET = """
    v.is_current AND (v.is_assessable OR
        coalesce(v.answers->>'lost_reason', '') = '' AND coalesce(v.answers->>'death_date', '') = '')
"""

# The last visit of the year decides, whatever it holds: no reading is "not controlled", so is no visit.
LAST_VISITS = f"""
    SELECT DISTINCT ON (v.person_id, v.protocol)
           v.person_id, v.protocol, v.visited_on, v.sbp, v.dbp, v.fpg, v.is_controlled,
           bool_or(v.is_face_to_face AND v.visited_on >= %(since)s)
               OVER (PARTITION BY v.person_id, v.protocol) AS is_seen
      FROM followups_visit v
     WHERE v.village_id = ANY(%(villages)s) AND v.visited_on BETWEEN %(year_start)s AND %(on)s
       AND v.person_id IS NOT NULL AND {MET}
     ORDER BY v.person_id, v.protocol, v.visited_on DESC, v.received_at DESC
"""  # noqa: S608 - our own texts

# Chronic diseases with their persons, and the contract of the day.
CHRONIC = f"""  FROM households_condition k
  JOIN households_disease e ON e.id = k.disease_id AND e."group" = 'chronic'
  JOIN households_person p ON p.id = k.person_id
  JOIN households_household h ON h.id = p.household_id
  LEFT JOIN ({CONTRACTS}) c ON c.person_id = p.id
"""
# Found by the day, not ended by then, of a resident, and for the asker to know.
STANDING = f"""k.confirmed_on <= %(on)s
   AND (k.ended_on IS NULL OR k.ended_on > %(on)s) AND (%(sensitive)s OR NOT k.is_sensitive)
   AND {RESIDENT}
"""

# Everyone known to have one of the four diseases, whether managed or not.
KNOWN = f"""
SELECT k.id AS key, k.person_id, p.household_id, p.village_id, c.team_id,
       e.code AS disease, k.is_managed,
       c.person_id IS NOT NULL AS is_contracted,
       l.visited_on AS last_on, l.sbp, l.dbp, l.fpg,
       coalesce(l.is_controlled, FALSE) AS is_controlled,
       coalesce(l.is_seen, FALSE) AS is_seen
{CHRONIC}
  LEFT JOIN ({LAST_VISITS}) l ON l.person_id = p.id AND l.protocol = e.code
 WHERE k.village_id = ANY(%(villages)s) AND {STANDING}
"""
PATIENTS = f"{KNOWN} AND k.is_managed"
