-- What a person (a.person_id) of a household (a.household_id, its row h) is held to be, and when: kind, period.
SELECT kind, period FROM households_identity WHERE person_id = a.person_id
 UNION ALL
-- Who was lifted and stands unsteadily is monitored, and keeps what the registered have.
SELECT k.kind, s.period
  FROM households_householdstatus s
 CROSS JOIN LATERAL (VALUES
       ('monitored', s.standing = 'monitored'),
       ('registered', s.standing <> 'monitored' OR s.monitored_kind = 'unstable')) k(kind, holds)
 WHERE s.household_id = a.household_id AND s.standing <> 'removed' AND k.holds
 UNION ALL
SELECT CASE h.standing WHEN 'monitored' THEN 'monitored' ELSE 'registered' END, daterange(h.registered_on, h.left_on)
 WHERE h.standing <> 'removed' AND NOT EXISTS (
       SELECT 1 FROM households_householdstatus WHERE household_id = h.id)
