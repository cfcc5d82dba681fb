-- What discipline took from each student's year.

-- table: incident_years
-- A year without a single incident was not recorded; only a file without any row
-- means that there were none.
SELECT DISTINCT school_year
FROM (
  SELECT YEAR(date) + CASE WHEN MONTH(date) >= 7 THEN 1 ELSE 0 END AS school_year
  FROM incidents
  UNION ALL
  SELECT school_year FROM spells WHERE NOT EXISTS (SELECT 1 FROM incidents)
) AS told

-- table: incident_sums
SELECT i.student_id, p.level, p.organization_id,
  YEAR(i.date) + CASE WHEN MONTH(i.date) >= 7 THEN 1 ELSE 0 END AS school_year,
  CAST(SUM(CASE WHEN i.action IN ('in_school_suspension', 'out_of_school_suspension')
    THEN 1 ELSE 0 END) AS BIGINT) AS times_suspended,
  SUM(CASE WHEN i.action
      IN ('in_school_suspension', 'out_of_school_suspension', 'expulsion')
    THEN COALESCE(i.days_removed, 0) ELSE 0 END) AS days_removed
FROM incidents AS i JOIN places AS p ON p.school_id = COALESCE(i.school_id, '')
WHERE i.date <= $as_of
GROUP BY i.student_id, p.level, p.organization_id,
  YEAR(i.date) + CASE WHEN MONTH(i.date) >= 7 THEN 1 ELSE 0 END

-- table: discipline_year
SELECT e.student_id, e.school_year, e.level, e.organization_id,
  COALESCE(i.times_suspended, 0) AS times_suspended,
  COALESCE(i.days_removed, 0) AS days_removed
FROM enrolled AS e
JOIN incident_years AS y ON y.school_year = e.school_year
LEFT JOIN incident_sums AS i
  ON i.student_id = e.student_id AND i.school_year = e.school_year
  AND i.level = e.level AND i.organization_id = e.organization_id
