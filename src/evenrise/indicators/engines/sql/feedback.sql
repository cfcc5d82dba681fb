-- Every piece of feedback: work that came back with a score, or with words.

-- table: feedback
SELECT c.student_id, COALESCE(s.school_id, '') AS school_id, s.school_year,
  a.due_on, c.scored_on
FROM scores AS c
JOIN assignments AS a ON a.assignment_id = c.assignment_id
JOIN sections AS s ON s.section_id = a.section_id
WHERE c.scored_on <= $as_of
  AND (c.status = 'scored' OR (c.status IS NULL AND c.score IS NOT NULL)
    OR c.has_comment)
