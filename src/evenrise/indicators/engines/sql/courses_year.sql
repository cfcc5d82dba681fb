-- Sections on whose roster a student stood, and how many were advanced.

-- table: rostered
-- Each section once, however often a student came to it.
SELECT DISTINCT student_id, section_id
FROM rosters WHERE COALESCE(started_on, $as_of) <= $as_of

-- table: courses_home
SELECT r.student_id, s.school_year, COALESCE(s.school_id, '') AS school_id,
  COUNT(*) AS sections_taken,
  SUM(CASE WHEN s.level IN ('ap', 'ib', 'dual') THEN 1 ELSE 0 END) AS advanced_sections
FROM rostered AS r
JOIN sections AS s ON s.section_id = r.section_id
GROUP BY r.student_id, s.school_year, COALESCE(s.school_id, '')

-- table: courses_year
SELECT c.student_id, c.school_year, p.level, p.organization_id,
  MAX(CASE WHEN g.grade BETWEEN '09' AND '12' THEN 1 ELSE 0 END) AS high_school,
  CAST(SUM(c.sections_taken) AS BIGINT) AS sections_taken,
  CAST(SUM(c.advanced_sections) AS BIGINT) AS advanced_sections
FROM courses_home AS c
JOIN places AS p ON p.school_id = c.school_id
LEFT JOIN grades AS g
  ON g.student_id = c.student_id AND g.school_year = c.school_year
GROUP BY c.student_id, c.school_year, p.level, p.organization_id
