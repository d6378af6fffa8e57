-- Only for whom the user once had: the area they left has their tombstone.
SELECT town.name
  FROM (SELECT uuid, village_id FROM households_person WHERE uuid = %(uuid)s
         UNION ALL SELECT uuid, village_id FROM households_household WHERE uuid = %(uuid)s) gone
  JOIN accounts_area village ON village.id = gone.village_id
  JOIN accounts_area town ON town.id = village.parent_id
 WHERE EXISTS (SELECT 1 FROM audit_tombstone t
                WHERE t.kind IN ('person', 'household') AND t.key = %(key)s AND t.reason = 'moved'
                  AND t.village_id = ANY(%(villages)s::bigint[]))
