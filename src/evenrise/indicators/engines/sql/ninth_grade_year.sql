-- Credits and core failures of ninth graders: wherever they earned them, told at every
-- school where they were in ninth grade.

-- table: ninth_grade_year
SELECT n.student_id, n.school_year, n.level, n.organization_id,
  c.credits_earned, c.core_failures
FROM (
  SELECT DISTINCT s.student_id, s.school_year, p.level, p.organization_id
  FROM spells AS s JOIN places AS p ON p.school_id = s.school_id
  WHERE s.grade = '09'
) AS n
JOIN (
  SELECT student_id, school_year, SUM(credits_earned) AS credits_earned,
    CAST(SUM(CASE WHEN letter = 'F' AND credits_attempted > 0
      AND subject IN ('ela', 'math', 'science', 'social_science')
      THEN 1 ELSE 0 END) AS BIGINT) AS core_failures
  FROM section_marks
  GROUP BY student_id, school_year
) AS c ON c.student_id = n.student_id AND c.school_year = n.school_year
