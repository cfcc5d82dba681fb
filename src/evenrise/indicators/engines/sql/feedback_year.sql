-- How long students wait for an answer to their work.

-- table: feedback_year
SELECT f.student_id, p.school_year, p.level, p.organization_id,
  CAST(SUM(f.works_returned) AS BIGINT) AS works_returned,
  CAST(SUM(f.days_waited) AS BIGINT) AS days_waited
FROM feedback AS f JOIN home_places AS p ON p.home = f.home
WHERE f.works_returned > 0
GROUP BY f.student_id, p.school_year, p.level, p.organization_id
