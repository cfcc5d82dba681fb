-- Numbers for the students and organizations that occur, so that sums run over whole
-- numbers. A student-year table that knows of further ones adds them (`_number`).

-- table: student_years
SELECT student_id, school_year,
  ROW_NUMBER() OVER (ORDER BY student_id, school_year) - 1 AS id
FROM (
  SELECT student_id, school_year FROM spells
  UNION SELECT student_id, cohort_year AS school_year FROM completions
) AS everybody

-- table: organizations
SELECT level, organization_id,
  ROW_NUMBER() OVER (ORDER BY level, organization_id) - 1 AS place
FROM (SELECT DISTINCT level, organization_id FROM places) AS named
