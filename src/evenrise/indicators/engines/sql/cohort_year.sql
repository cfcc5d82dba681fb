-- How each student of a graduating cohort ended.

-- table: cohort_year
SELECT c.student_id, c.cohort_year AS school_year, p.level, p.organization_id,
  MAX(CASE WHEN c.outcome IN ('transferred_out', 'deceased') THEN 0 ELSE 1 END)
    AS in_cohort,
  MAX(CASE WHEN c.outcome = 'graduated' THEN 1 ELSE 0 END) AS graduated,
  MAX(CASE WHEN c.outcome = 'dropped_out' THEN 1 ELSE 0 END) AS dropped_out,
  MAX(CASE WHEN c.completed_a_g THEN 1 WHEN NOT c.completed_a_g THEN 0 END) AS met_a_g
FROM completions AS c JOIN places AS p ON p.school_id = COALESCE(c.school_id, '')
GROUP BY c.student_id, c.cohort_year, p.level, p.organization_id
