-- The longest stretch of days without any feedback, while work was due.

-- table: feedback_windows
SELECT r.student_id, s.school_year, p.level, p.organization_id,
  MIN(a.due_on) AS first_due, MAX(a.due_on) AS last_due
FROM rosters AS r
JOIN sections AS s ON s.section_id = r.section_id
JOIN assignments AS a ON a.section_id = r.section_id
JOIN places AS p ON p.school_id = COALESCE(s.school_id, '')
WHERE a.due_on <= $as_of
  AND a.due_on >= COALESCE(r.started_on, a.due_on)
  AND a.due_on <= COALESCE(r.ended_on, a.due_on)
GROUP BY r.student_id, s.school_year, p.level, p.organization_id

-- table: feedback_points
-- The days with feedback inside the window, and the day on either side of it.
SELECT student_id, school_year, level, organization_id,
  DATE_DIFF('day', first_due, last_due) + 1 AS day
FROM feedback_windows
UNION ALL
SELECT student_id, school_year, level, organization_id, -1 AS day
FROM feedback_windows
UNION ALL
SELECT DISTINCT f.student_id, f.school_year, w.level, w.organization_id,
  DATE_DIFF('day', w.first_due, f.scored_on) AS day
FROM feedback AS f
JOIN places AS p ON p.school_id = f.school_id
JOIN feedback_windows AS w ON w.student_id = f.student_id
  AND w.school_year = f.school_year AND w.level = p.level
  AND w.organization_id = p.organization_id
WHERE f.scored_on >= w.first_due AND f.scored_on <= w.last_due

-- table: feedback_stretch_year
SELECT student_id, school_year, level, organization_id,
  MAX(day) AS window_days, MAX(day - before - 1) AS longest_stretch
FROM (
  SELECT student_id, school_year, level, organization_id, day,
    LAG(day) OVER (PARTITION BY student_id, school_year, level, organization_id
      ORDER BY day) AS before
  FROM feedback_points
) AS neighbors
GROUP BY student_id, school_year, level, organization_id
