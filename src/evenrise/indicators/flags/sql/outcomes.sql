-- What else followed a day than days missed, and came before it: marks, and days with an
-- incident. Marks come by months, so that all who began in a month see the same terms.

-- table: judged_marks
-- Marks that say whether a course was failed. One that does not say when it was posted
-- is known when the school year is over.
SELECT student_id, known_on, failing FROM (
  SELECT m.student_id, COALESCE(m.posted_on, MAKE_DATE(s.school_year, 6, 30)) AS known_on,
    CASE WHEN UPPER(TRIM(m.mark)) IN ('F', 'F+', 'F-') THEN 1
      WHEN UPPER(TRIM(m.mark)) IN ('A', 'A+', 'A-', 'B', 'B+', 'B-', 'C', 'C+', 'C-',
        'D', 'D+', 'D-', 'P', 'PASS', 'CR') THEN 0
      WHEN TRY_CAST(m.mark AS DOUBLE) BETWEEN 0 AND 100 THEN
        CASE WHEN TRY_CAST(m.mark AS DOUBLE) < $passing THEN 1
          WHEN TRY_CAST(m.mark AS DOUBLE) >= $passing THEN 0 END END AS failing
  FROM marks AS m JOIN sections AS s ON s.section_id = m.section_id
) AS read
WHERE failing IS NOT NULL AND known_on <= $as_of

-- table: student_months
-- The marks of each student by month, added up from the first on: `upto` and
-- `failed_upto` are those of the month and of all before it.
SELECT student_id, month,
  SUM(n) OVER (PARTITION BY student_id ORDER BY month) AS upto,
  SUM(failed) OVER (PARTITION BY student_id ORDER BY month) AS failed_upto
FROM (
  SELECT student_id, YEAR(known_on) * 12 + MONTH(known_on) - 1 AS month,
    COUNT(*) AS n, SUM(failing) AS failed
  FROM judged_marks
  GROUP BY student_id, YEAR(known_on) * 12 + MONTH(known_on) - 1
) AS months

-- table: mark_counts
-- Before: the twelve months that end with the one before; earlier: the twelve before
-- them; after: from the next one to the last that is looked at.
SELECT a.row,
  CAST(COALESCE(p.upto, 0) - COALESCE(y.upto, 0) AS INTEGER) AS n_before,
  CAST(COALESCE(p.failed_upto, 0) - COALESCE(y.failed_upto, 0) AS INTEGER)
    AS bad_before,
  CAST(COALESCE(y.upto, 0) - COALESCE(z.upto, 0) AS INTEGER) AS n_earlier,
  CAST(COALESCE(y.failed_upto, 0) - COALESCE(z.failed_upto, 0) AS INTEGER)
    AS bad_earlier,
  CAST(COALESCE(e.upto, 0) - COALESCE(b.upto, 0) AS INTEGER) AS n_after,
  CAST(COALESCE(e.failed_upto, 0) - COALESCE(b.failed_upto, 0) AS INTEGER) AS bad_after
FROM (
  SELECT row, student_id, month, ahead, month - 1 AS past, month - 13 AS year_past,
    month - 25 AS two_past
  FROM asked_rows
) AS a
ASOF LEFT JOIN student_months AS p ON p.student_id = a.student_id AND p.month <= a.past
ASOF LEFT JOIN student_months AS y
  ON y.student_id = a.student_id AND y.month <= a.year_past
ASOF LEFT JOIN student_months AS z
  ON z.student_id = a.student_id AND z.month <= a.two_past
ASOF LEFT JOIN student_months AS b ON b.student_id = a.student_id AND b.month <= a.month
ASOF LEFT JOIN student_months AS e ON e.student_id = a.student_id AND e.month <= a.ahead
