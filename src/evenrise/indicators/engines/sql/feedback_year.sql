-- How long students wait for an answer to their work.

-- table: feedback_year
SELECT f.student_id, f.school_year, p.level, p.organization_id,
  COUNT(*) AS works_returned,
  CAST(SUM(CASE WHEN f.scored_on > f.due_on
    THEN DATE_DIFF('day', f.due_on, f.scored_on) ELSE 0 END) AS BIGINT) AS days_waited
FROM feedback AS f JOIN places AS p ON p.school_id = f.school_id
WHERE f.due_on IS NOT NULL
GROUP BY f.student_id, f.school_year, p.level, p.organization_id
