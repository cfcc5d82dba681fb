-- Numbers for the students and organizations that occur, so that sums run over whole
-- numbers.

-- table: student_years
SELECT student_id, school_year, ROW_NUMBER() OVER () - 1 AS id
FROM (
  SELECT student_id, school_year FROM spells
  UNION SELECT student_id, cohort_year AS school_year FROM completions
  UNION SELECT r.student_id, s.school_year
    FROM rosters AS r JOIN sections AS s ON s.section_id = r.section_id
  UNION SELECT m.student_id, s.school_year
    FROM marks AS m JOIN sections AS s ON s.section_id = m.section_id
  UNION SELECT student_id,
    YEAR(taken_on) + CASE WHEN MONTH(taken_on) >= 7 THEN 1 ELSE 0 END AS school_year
    FROM assessments
  UNION SELECT c.student_id, s.school_year
    FROM scores AS c
    JOIN assignments AS a ON a.assignment_id = c.assignment_id
    JOIN sections AS s ON s.section_id = a.section_id
) AS everybody

-- table: organizations
SELECT level, organization_id,
  ROW_NUMBER() OVER (ORDER BY level, organization_id) - 1 AS place
FROM (SELECT DISTINCT level, organization_id FROM places) AS named
