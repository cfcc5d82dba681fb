-- Sections on whose roster a student stood, and how many were advanced.

-- table: courses_year
SELECT r.student_id, s.school_year, p.level, p.organization_id,
  MAX(CASE WHEN g.grade BETWEEN '09' AND '12' THEN 1 ELSE 0 END) AS high_school,
  COUNT(DISTINCT s.section_id) AS sections_taken,
  COUNT(DISTINCT CASE WHEN s.level IN ('ap', 'ib', 'dual') THEN s.section_id END)
    AS advanced_sections
FROM rosters AS r
JOIN sections AS s ON s.section_id = r.section_id
JOIN places AS p ON p.school_id = COALESCE(s.school_id, '')
LEFT JOIN grades AS g
  ON g.student_id = r.student_id AND g.school_year = s.school_year
WHERE COALESCE(r.started_on, $as_of) <= $as_of
GROUP BY r.student_id, s.school_year, p.level, p.organization_id
