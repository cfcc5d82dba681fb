-- Days of membership and days missed before and after given days, for each student.
-- Two months of days are one whole number (a block; bit d is its day d), as in the
-- tables of chronic absence (engines/sql/attendance_year.sql), whose rule this follows.
-- A window is so many of the school's own days, so a break makes it no shorter.

-- table: school_dates
-- The days of each school by the day of asking, in order: those of its calendar, or,
-- where it has none, those on which it recorded anybody.
SELECT school_id, date,
  ROW_NUMBER() OVER (PARTITION BY school_id ORDER BY date) AS place
FROM (
  SELECT DISTINCT school_id, date FROM calendar
  WHERE instructional AND date <= $as_of
  UNION
  SELECT DISTINCT a.school_id, a.date FROM attendance AS a
  WHERE a.date <= $as_of
    AND NOT EXISTS (SELECT 1 FROM calendar AS c WHERE c.school_id = a.school_id)
) AS told

-- table: stays
-- The last day of a stay counts; a stay that ends before it begins is left out.
SELECT student_id, school_id, school_year, grade, came, went
FROM (
  SELECT student_id, school_id, school_year, grade,
    GREATEST(entered_on, MAKE_DATE(school_year - 1, 7, 1), $first) AS came,
    LEAST(COALESCE(left_on, MAKE_DATE(school_year, 6, 30)),
      MAKE_DATE(school_year, 6, 30), $as_of) AS went
  FROM enrollments
) AS clipped
WHERE came <= went

-- table: there
-- Who was enrolled on the asked days, each student once, at the school entered last.
SELECT student_id, day, school_id, grade, whole
FROM (
  SELECT student_id, day, school_id, grade, whole,
    ROW_NUMBER() OVER (PARTITION BY student_id, day
      ORDER BY came DESC, school_id) AS nth
  FROM (
    SELECT s.student_id, d.day, s.school_id, s.grade, s.came, d.whole
    FROM stays AS s JOIN asked_days AS d
      ON d.whole AND d.day BETWEEN s.came AND s.went
    UNION ALL
    SELECT s.student_id, p.day, s.school_id, s.grade, s.came, FALSE AS whole
    FROM stays AS s
    JOIN (SELECT DISTINCT student_id, day FROM asked_pairs) AS p
      ON p.student_id = s.student_id AND p.day BETWEEN s.came AND s.went
    WHERE p.day NOT IN (SELECT day FROM asked_days WHERE whole)
  ) AS told
) AS placed
WHERE nth = 1

-- table: spans
-- For each school and asked day: where the windows begin and end, and how many days of
-- the last were over. `so_far` counts the school's days before the asked day.
SELECT d.school_id, d.day, e.date AS earlier_from, b.date AS before_from,
  a.date AS after_to,
  CAST(LEAST($after, d.days - d.so_far) AS INTEGER) AS due
FROM (
  SELECT t.school_id, t.day, COALESCE(x.place, 0) AS so_far, n.days
  FROM (SELECT DISTINCT school_id, day FROM there) AS t
  JOIN (SELECT school_id, MAX(place) AS days FROM school_dates GROUP BY school_id) AS n
    ON n.school_id = t.school_id
  ASOF LEFT JOIN school_dates AS x ON x.school_id = t.school_id AND x.date < t.day
) AS d
LEFT JOIN school_dates AS b ON b.school_id = d.school_id
  AND d.so_far > 0 AND b.place = GREATEST(1, d.so_far - $before + 1)
LEFT JOIN school_dates AS e ON e.school_id = d.school_id
  AND d.so_far > 0 AND e.place = GREATEST(1, d.so_far - $earlier + 1)
LEFT JOIN school_dates AS a ON a.school_id = d.school_id
  AND a.place > d.so_far AND a.place = LEAST(d.days, d.so_far + $after)

-- table: recorded
-- A student seen for a part of a day was there for it, whatever another row says.
SELECT student_id, school_id, block, BIT_OR(day) AS recorded,
  BIT_OR(CASE WHEN missed < 1 THEN day ELSE 0 END) AS partly,
  MAX(CASE WHEN status = 'present' THEN 1 ELSE 0 END) AS any_present
FROM (
  SELECT student_id, school_id, status,
    (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
    CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day,
    CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0
      WHEN status = 'absent' THEN COALESCE(portion_absent, 1.0)
      ELSE COALESCE(portion_absent, 0.0) END AS missed
  FROM attendance WHERE date BETWEEN $first AND $as_of
) AS told
GROUP BY student_id, school_id, block

-- table: forms
-- Which form a school kept in a year: every membership day, or absences only.
SELECT school_id, CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1 AS school_year,
  MAX(any_present) AS every_day
FROM recorded
GROUP BY school_id, CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1

-- table: open_days
SELECT school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  BIT_OR(CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31)) AS open
FROM school_dates WHERE date >= $first
GROUP BY school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1

-- table: student_blocks
-- Each day once, however many stays or rows name it.
SELECT student_id, block, BIT_OR(member) AS member,
  BIT_OR(member & recorded & ~partly) AS missed, BIT_OR(member & partly) AS partly
FROM (
  SELECT s.student_id, s.block, COALESCE(r.recorded, 0) AS recorded,
    COALESCE(r.partly, 0) AS partly,
    CASE WHEN f.every_day = 1
      THEN s.days & COALESCE(r.recorded, 0) & COALESCE(o.open, 0)
      ELSE s.days & COALESCE(o.open, 0) END AS member
  FROM (
    SELECT student_id, school_id, school_year, b.block,
      (CAST(1 AS BIGINT) << (CASE
        WHEN (YEAR(went) * 12 + MONTH(went) - 1) >> 1 = b.block
        THEN DAY(went) + ((MONTH(went) - 1) & 1) * 31 ELSE 62 END))
      - (CAST(1 AS BIGINT) << (CASE
        WHEN (YEAR(came) * 12 + MONTH(came) - 1) >> 1 = b.block
        THEN DAY(came) - 1 + ((MONTH(came) - 1) & 1) * 31 ELSE 0 END)) AS days
    FROM stays
    JOIN (SELECT DISTINCT block FROM open_days) AS b
      ON b.block BETWEEN (YEAR(came) * 12 + MONTH(came) - 1) >> 1
        AND (YEAR(went) * 12 + MONTH(went) - 1) >> 1
  ) AS s
  JOIN forms AS f ON f.school_id = s.school_id AND f.school_year = s.school_year
  LEFT JOIN recorded AS r ON r.student_id = s.student_id
    AND r.school_id = s.school_id AND r.block = s.block
  LEFT JOIN open_days AS o ON o.school_id = s.school_id AND o.block = s.block
) AS joined
WHERE member <> 0
GROUP BY student_id, block

-- table: masks
-- Per school and asked day, the bits of each block that lie in each window.
SELECT school_id, day, block,
  BIT_OR(CASE WHEN date < before_from THEN bit ELSE 0 END) AS earlier_bits,
  BIT_OR(CASE WHEN date >= before_from AND date < day THEN bit ELSE 0 END)
    AS before_bits,
  BIT_OR(CASE WHEN date >= day THEN bit ELSE 0 END) AS after_bits
FROM (
  SELECT s.school_id, s.day, s.before_from, t.date,
    (YEAR(t.date) * 12 + MONTH(t.date) - 1) >> 1 AS block,
    CAST(1 AS BIGINT) << (DAY(t.date) - 1 + ((MONTH(t.date) - 1) & 1) * 31) AS bit
  FROM spans AS s
  JOIN (SELECT DISTINCT date FROM school_dates) AS t
    ON t.date BETWEEN COALESCE(s.earlier_from, s.day)
      AND COALESCE(s.after_to, s.day - 1)
) AS told
GROUP BY school_id, day, block

-- table: windows
SELECT t.student_id, t.day, t.school_id, t.grade, t.whole, s.due,
  CAST(COALESCE(SUM(BIT_COUNT(b.member & m.earlier_bits)), 0) AS INTEGER)
    AS days_earlier,
  CAST(COALESCE(SUM(BIT_COUNT(b.missed & ~b.partly & m.earlier_bits)), 0) AS INTEGER)
    AS absent_earlier,
  CAST(COALESCE(SUM(BIT_COUNT(b.member & m.before_bits)), 0) AS INTEGER) AS days_before,
  CAST(COALESCE(SUM(BIT_COUNT(b.missed & ~b.partly & m.before_bits)), 0) AS INTEGER)
    AS absent_before,
  CAST(COALESCE(SUM(BIT_COUNT(b.member & m.after_bits)), 0) AS INTEGER) AS days_after,
  CAST(COALESCE(SUM(BIT_COUNT(b.missed & ~b.partly & m.after_bits)), 0) AS INTEGER)
    AS absent_after
FROM there AS t
JOIN spans AS s ON s.school_id = t.school_id AND s.day = t.day
JOIN masks AS m ON m.school_id = t.school_id AND m.day = t.day
LEFT JOIN student_blocks AS b ON b.student_id = t.student_id AND b.block = m.block
GROUP BY t.student_id, t.day, t.school_id, t.grade, t.whole, s.due

-- table: standings
-- Each student's mean over the subjects of a year's tests, in standard deviations of
-- everybody who took the same test in the same grade and year; 11 scores or more.
SELECT student_id, school_year, AVG((scale_score - mean) / spread) AS score
FROM (
  SELECT student_id, school_year, CAST(scale_score AS DOUBLE) AS scale_score,
    AVG(CAST(scale_score AS DOUBLE)) OVER cell AS mean,
    STDDEV_SAMP(CAST(scale_score AS DOUBLE)) OVER cell AS spread,
    COUNT(*) OVER cell AS n
  FROM (
    SELECT *, YEAR(taken_on) + CASE WHEN MONTH(taken_on) >= 7 THEN 1 ELSE 0 END
      AS school_year
    FROM assessments WHERE scale_score IS NOT NULL AND taken_on <= $as_of
  ) AS told
  WINDOW cell AS (PARTITION BY assessment, subject, grade, school_year)
) AS scored
WHERE n >= 11 AND spread > 0
GROUP BY student_id, school_year
