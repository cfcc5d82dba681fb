-- Feedback: work that came back with a score, or with words. Scores are read once; what
-- is kept is one row a student, home and 32 days: which days had feedback (bit d of
-- `days` is day 32 * block + d since 1970), and how long work had waited.

-- table: feedback
SELECT c.student_id, w.home,
  CAST(DATE_DIFF('day', DATE '1970-01-01', c.scored_on) >> 5 AS INTEGER) AS block,
  BIT_OR(CAST(1 AS BIGINT)
    << (DATE_DIFF('day', DATE '1970-01-01', c.scored_on) & 31)) AS days,
  COUNT(w.due_on) AS works_returned,
  SUM(CASE WHEN c.scored_on > w.due_on
    THEN DATE_DIFF('day', w.due_on, c.scored_on) ELSE 0 END) AS days_waited
FROM scores AS c
JOIN works AS w ON w.assignment_id = c.assignment_id
WHERE c.scored_on <= $as_of
  AND (c.status = 'scored' OR (c.status IS NULL AND c.score IS NOT NULL)
    OR c.has_comment)
GROUP BY c.student_id, w.home,
  CAST(DATE_DIFF('day', DATE '1970-01-01', c.scored_on) >> 5 AS INTEGER)
