-- Marks beside their sections, read once for every indicator of marks.

-- table: section_marks
SELECT m.student_id, COALESCE(s.school_id, '') AS school_id, s.school_year, s.subject,
  m.credits_attempted, m.credits_earned,
  CASE
    WHEN UPPER(TRIM(m.mark)) IN ('A+', 'A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C-')
      THEN 'A to C'
    WHEN UPPER(TRIM(m.mark)) IN ('D+', 'D', 'D-') THEN 'D'
    WHEN UPPER(TRIM(m.mark)) = 'F' THEN 'F'
    ELSE 'no letter' END AS letter
FROM marks AS m JOIN sections AS s ON s.section_id = m.section_id
WHERE COALESCE(m.posted_on, $as_of) <= $as_of
