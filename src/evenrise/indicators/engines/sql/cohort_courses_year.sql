-- Courses that graduates had passed by the year of their cohort.

-- table: cohort_courses_year
SELECT c.student_id, c.school_year, c.level, c.organization_id, c.graduated,
  COUNT(m.student_id) AS ethnic_studies_passed
FROM cohort_year AS c
LEFT JOIN (
  SELECT student_id, school_year FROM section_marks
  WHERE subject = 'ethnic_studies'
    AND (letter IN ('A to C', 'D') OR credits_earned > 0)
) AS m ON m.student_id = c.student_id AND m.school_year <= c.school_year
GROUP BY c.student_id, c.school_year, c.level, c.organization_id, c.graduated
