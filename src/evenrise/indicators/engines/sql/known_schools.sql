-- Every school that any table names, and the blank one.

-- table: known_schools
SELECT DISTINCT COALESCE(school_id, '') AS school_id
FROM (
  SELECT school_id FROM schools
  UNION SELECT school_id FROM enrollments
  UNION SELECT school_id FROM sections
  UNION SELECT school_id FROM incidents
  UNION SELECT school_id FROM completions
  UNION SELECT '' AS school_id
) AS named
