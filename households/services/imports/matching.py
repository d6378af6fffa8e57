"""Which registered household and person each row of the file is. Statements over whole tables, never row by row.

Every statement takes %(id)s the import, %(county)s its county and %(villages)s the villages the user may write to."""

# A household is known by its number, today's or an earlier one.
HOUSEHOLDS = (
    """
    UPDATE households_importrow r SET household_id = h.id, matched_by = 'number'
      FROM households_household h
     WHERE r.register_import_id = %(id)s AND r.kind = 'household'
       AND h.county_id = %(county)s AND h.register_no = r.household_no
    """,
    """
    UPDATE households_importrow r SET household_id = h.id, matched_by = 'old_number'
      FROM households_household h
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_id IS NULL
       AND h.county_id = %(county)s AND h.former_numbers <> '{}' AND r.household_no = ANY(h.former_numbers)
       AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                          AND o.kind = 'household' AND o.household_id = h.id)
    """,
)
# A file that still uses an earlier number does not bring it back.
KEEP_NEWER_NUMBER = """
    UPDATE households_importrow r SET data = r.data - 'register_no'
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.matched_by = 'old_number'
"""
# A person is known by the ID number; then by household and person number; name and birth date only ask.
PERSONS = (
    """
    UPDATE households_importrow r SET person_id = p.id, matched_by = 'id_number'
      FROM households_person p
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND p.id_index = r.id_index
    """,
    """
    UPDATE households_importrow r SET person_id = p.id, matched_by = 'person_no'
      FROM households_person p JOIN households_household h ON h.id = p.household_id
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.person_id IS NULL AND r.person_no <> ''
       AND h.county_id = %(county)s AND h.register_no = r.household_no AND p.person_no = r.person_no
       AND (p.name_folded = r.name_folded OR (p.id_index IS NULL AND p.birth_date = r.birth_date))
       AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                          AND o.kind = 'person' AND o.person_id = p.id)
    """,
    """
    WITH candidate AS (
        SELECT DISTINCT ON (r.id) r.id, p.id AS person_id
          FROM households_importrow r
          JOIN households_person p ON p.name_folded = r.name_folded AND p.birth_date = r.birth_date
          JOIN households_household h ON h.id = p.household_id
         WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.person_id IS NULL AND r.verdict = ''
           AND p.county_id = %(county)s AND p.village_id = ANY(%(villages)s)
           AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                              AND o.kind = 'person' AND o.person_id = p.id)
         ORDER BY r.id, h.register_no <> r.household_no, p.id
    )
    UPDATE households_importrow r SET person_id = c.person_id, matched_by = 'name_birth', verdict = 'ask'
      FROM candidate c WHERE r.id = c.id
    """,
)
# A household whose number is new but whose head is known in a household that the file no longer names has
# been given a new number.
RENUMBERED = """
    WITH head AS (
        SELECT DISTINCT ON (p.household_id) r.household_no, p.household_id
          FROM households_importrow r JOIN households_person p ON p.id = r.person_id
         WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.matched_by = 'id_number'
           AND r.data->>'relation' = '02' AND p.relation = '02' AND p.left_on IS NULL
           AND p.county_id = %(county)s
         ORDER BY p.household_id, r.id
    )
    UPDATE households_importrow r SET household_id = head.household_id, matched_by = 'head'
      FROM head
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.household_id IS NULL
       AND r.household_no = head.household_no
       AND NOT EXISTS (SELECT 1 FROM households_importrow o WHERE o.register_import_id = %(id)s
                          AND o.kind = 'household' AND o.household_id = head.household_id)
"""
# Person rows learn their household; its village is the file's, or the one it is registered in.
LINKED = """
    UPDATE households_importrow r SET household_id = h.household_id, village_id = h.village_id
      FROM households_importrow h
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.household_no <> ''
       AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.household_no = r.household_no
"""
VILLAGE_OF_RECORD = """
    UPDATE households_importrow r SET village_id = h.village_id
      FROM households_household h
     WHERE r.register_import_id = %(id)s AND r.kind = 'household' AND r.village_id IS NULL
       AND h.id = r.household_id
"""
# Refusals that only the register can tell. Each statement names a problem code; the row keeps it.
REFUSALS = (
    (
        "area_missing",
        """r.kind = 'household' AND r.verdict = '' AND r.household_id IS NULL AND r.village_id IS NULL""",
    ),
    (
        "household_elsewhere",
        """r.kind = 'household' AND r.verdict = '' AND EXISTS (SELECT 1 FROM households_household h
            WHERE h.id = r.household_id AND NOT h.village_id = ANY(%(villages)s))""",
    ),
    (
        "person_elsewhere",
        """r.kind = 'person' AND r.verdict = '' AND EXISTS (SELECT 1 FROM households_person p
            WHERE p.id = r.person_id AND NOT p.village_id = ANY(%(villages)s))""",
    ),
)
REFUSE = """
    UPDATE households_importrow r
       SET verdict = 'refused', problems = r.problems || jsonb_build_array(jsonb_build_object(
               'code', %(code)s::text, 'row', r.row, 'column', %(column)s::int, 'header', %(header)s::text,
               'field', %(field)s::text, 'scope', r.kind, 'values', '{}'::jsonb))
     WHERE r.register_import_id = %(id)s AND {condition}
"""
# A refused household takes its rows along, and a person of another area is no longer pointed at.
FALLEN = """
    UPDATE households_importrow r SET verdict = 'refused'
      FROM households_importrow h
     WHERE r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict <> 'refused'
       AND h.register_import_id = %(id)s AND h.kind = 'household' AND h.household_no = r.household_no
       AND h.verdict = 'refused'
"""
HEADLESS = """
    UPDATE households_importrow h SET verdict = 'refused', problems = h.problems || jsonb_build_array(
               jsonb_build_object('code', 'head_refused', 'row', r.row, 'column', NULL, 'header', '', 'field',
               'relation', 'scope', 'household', 'values', jsonb_build_object('row', r.row)))
      FROM households_importrow r
     WHERE h.register_import_id = %(id)s AND h.kind = 'household' AND h.verdict <> 'refused'
       AND r.register_import_id = %(id)s AND r.kind = 'person' AND r.verdict = 'refused'
       AND r.household_no = h.household_no AND r.data->>'relation' = '02'
"""
PARTIAL = """
    UPDATE households_importrow h SET data = jsonb_set(h.data, '{_,partial}', 'true')
     WHERE h.register_import_id = %(id)s AND h.kind = 'household' AND EXISTS (
           SELECT 1 FROM households_importrow r WHERE r.register_import_id = %(id)s AND r.kind = 'person'
              AND r.household_no = h.household_no AND r.verdict IN ('refused', 'ask'))
"""
FORGET_FOREIGN = """
    UPDATE households_importrow r SET person_id = NULL
      FROM households_person p
     WHERE r.register_import_id = %(id)s AND r.person_id = p.id AND NOT p.village_id = ANY(%(villages)s)
"""
