-- Letter marks, and how many of them were D or F.

-- table: marks_year
SELECT m.student_id, m.school_year, p.level, p.organization_id,
  COUNT(*) AS letter_marks,
  CAST(SUM(CASE WHEN m.letter IN ('D', 'F') THEN 1 ELSE 0 END) AS BIGINT)
    AS d_or_f_marks
FROM section_marks AS m JOIN places AS p ON p.school_id = m.school_id
WHERE m.letter <> 'no letter'
GROUP BY m.student_id, m.school_year, p.level, p.organization_id
