-- What was known of each student on each checkpoint of the finished years, and how the
-- year ended. A moment is a checkpoint, or the year's end ($ending). Two months of days
-- are one whole number (a block; bit d is its day d), as in attendance_year.sql: ninety
-- million rows are read once for all moments, and a moment is a mask.

-- table: cohort_moments
SELECT y.school_year, c.moment,
  CASE WHEN c.month >= 7 THEN MAKE_DATE(y.school_year - 1, c.month, c.day)
    ELSE MAKE_DATE(y.school_year, c.month, c.day) END AS known_on,
  CASE WHEN c.moment = $ending THEN MAKE_DATE(y.school_year, 7, 31)
    WHEN c.month >= 7 THEN MAKE_DATE(y.school_year - 1, c.month, c.day)
    ELSE MAKE_DATE(y.school_year, c.month, c.day) END AS posted_by
FROM (
  SELECT UNNEST(RANGE(CAST($first - 1 AS BIGINT), CAST($last + 1 AS BIGINT)))
    AS school_year
) AS y
CROSS JOIN (VALUES $moments) AS c (moment, month, day)
-- Of the year before the first only the end is asked for.
WHERE y.school_year >= $first OR c.moment = $ending

-- table: cohort_masks
-- The days of each block that lie before or on the moment.
SELECT school_year, moment, block,
  CASE WHEN block = ending
    THEN (CAST(2 AS BIGINT) << bit) - 1
    ELSE 4611686018427387903 END AS mask
FROM (
  SELECT m.school_year, m.moment, (m.school_year - 1) * 6 + 3 + b.place AS block,
    (YEAR(m.known_on) * 12 + MONTH(m.known_on) - 1) >> 1 AS ending,
    DAY(m.known_on) - 1 + ((MONTH(m.known_on) - 1) & 1) * 31 AS bit
  FROM cohort_moments AS m
  CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5)) AS b (place)
) AS counted
WHERE block <= ending

-- view: cohort_attendance
SELECT student_id, school_id, status, reason,
  (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day,
  CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0
    WHEN status = 'absent' THEN COALESCE(portion_absent, 1.0)
    ELSE COALESCE(portion_absent, 0.0) END AS missed
FROM attendance
WHERE date >= MAKE_DATE($first - 2, 7, 1) AND date <= MAKE_DATE($last, 6, 30)
  AND date <= $as_of

-- table: cohort_sums
-- A student seen for a part of a day was there for it, whatever another row says.
SELECT student_id, COALESCE(school_id, '') AS school_id, block,
  BIT_OR(day) AS recorded,
  BIT_OR(CASE WHEN missed < 1 THEN day ELSE 0 END) AS partly,
  BIT_OR(CASE WHEN reason = 'unexcused' THEN day ELSE 0 END) AS unexcused,
  BIT_OR(CASE WHEN reason IS NOT NULL THEN day ELSE 0 END) AS told,
  BIT_OR(CASE WHEN status = 'present' THEN day ELSE 0 END) AS present
FROM cohort_attendance
GROUP BY student_id, school_id, block

-- table: cohort_school_sums
SELECT school_id, block, BIT_OR(recorded) AS recorded, BIT_OR(present) AS present
FROM cohort_sums
GROUP BY school_id, block

-- table: cohort_forms
-- Which of the two forms a school kept, as far as the moment can know: every
-- membership day (some row says present), or absences only.
SELECT s.school_id, m.school_year, m.moment,
  MAX(CASE WHEN (s.present & m.mask) <> 0 THEN 1 ELSE 0 END) AS every_day
FROM cohort_school_sums AS s JOIN cohort_masks AS m ON m.block = s.block
WHERE (s.recorded & m.mask) <> 0
GROUP BY s.school_id, m.school_year, m.moment

-- table: cohort_calendars
SELECT COALESCE(school_id, '') AS school_id,
  (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  BIT_OR(CASE WHEN instructional
    THEN CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31)
    ELSE 0 END) AS instructional
FROM calendar
WHERE date >= MAKE_DATE($first - 2, 7, 1) AND date <= MAKE_DATE($last, 6, 30)
GROUP BY COALESCE(school_id, ''), (YEAR(date) * 12 + MONTH(date) - 1) >> 1

-- table: cohort_calendar_years
SELECT DISTINCT school_id,
  CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1 AS school_year, 1 AS known
FROM cohort_calendars

-- table: cohort_open
-- The school days of each block, by the calendar, or else by what was recorded.
SELECT school_id, block, instructional AS days FROM cohort_calendars
UNION ALL
SELECT s.school_id, s.block, s.recorded AS days
FROM cohort_school_sums AS s
LEFT JOIN cohort_calendar_years AS y ON y.school_id = s.school_id
  AND y.school_year = CAST(FLOOR((s.block - 3) / 6.0) AS INTEGER) + 1
WHERE y.known IS NULL

-- table: cohort_recent
-- From which day on the last $recent school days before each checkpoint run: a place
-- on one line, 62 to a block.
SELECT school_id, school_year, moment, MIN(spot) AS since
FROM (
  SELECT school_id, school_year, moment, spot, ROW_NUMBER() OVER (
    PARTITION BY school_id, school_year, moment ORDER BY spot DESC) AS place
  FROM (
    SELECT o.school_id, m.school_year, m.moment, o.block * 62 + b.bit AS spot
    FROM cohort_open AS o
    JOIN cohort_masks AS m ON m.block = o.block AND m.moment <> $ending
    CROSS JOIN (SELECT UNNEST(RANGE(62)) AS bit) AS b
    WHERE ((o.days & m.mask) >> b.bit) & 1 = 1
  ) AS days
) AS ordered
WHERE place <= $recent
GROUP BY school_id, school_year, moment

-- view: cohort_spell_days
SELECT student_id, school_id, school_year,
  (YEAR(first_day) * 12 + MONTH(first_day) - 1) >> 1 AS first_block,
  DAY(first_day) - 1 + ((MONTH(first_day) - 1) & 1) * 31 AS first_bit,
  (YEAR(last_day) * 12 + MONTH(last_day) - 1) >> 1 AS last_block,
  DAY(last_day) - 1 + ((MONTH(last_day) - 1) & 1) * 31 AS last_bit
FROM spells
WHERE school_year >= $first - 1 AND school_year <= $last

-- table: cohort_stays
SELECT s.student_id, s.school_id, s.school_year,
  (s.school_year - 1) * 6 + 3 + b.place AS block,
  BIT_OR((CAST(1 AS BIGINT) << (CASE
    WHEN s.last_block = (s.school_year - 1) * 6 + 3 + b.place
    THEN s.last_bit + 1 ELSE 62 END))
  - (CAST(1 AS BIGINT) << (CASE
    WHEN s.first_block = (s.school_year - 1) * 6 + 3 + b.place
    THEN s.first_bit ELSE 0 END))) AS days
FROM cohort_spell_days AS s
JOIN (VALUES (0), (1), (2), (3), (4), (5)) AS b (place)
  ON (s.school_year - 1) * 6 + 3 + b.place >= s.first_block
  AND (s.school_year - 1) * 6 + 3 + b.place <= s.last_block
GROUP BY s.student_id, s.school_id, s.school_year, b.place

-- view: cohort_member
SELECT s.student_id, s.school_year, m.moment, s.block,
  COALESCE(a.recorded, 0) AS recorded, COALESCE(a.partly, 0) AS partly,
  COALESCE(a.unexcused, 0) AS unexcused, COALESCE(a.told, 0) AS told,
  CASE WHEN r.since IS NULL OR r.since >= (s.block + 1) * 62 THEN 0
    WHEN r.since <= s.block * 62 THEN 4611686018427387903
    ELSE 4611686018427387904 - (CAST(1 AS BIGINT) << (r.since - s.block * 62))
    END AS recent,
  s.days & m.mask & CASE
    WHEN f.every_day = 1 AND y.known = 1
      THEN COALESCE(a.recorded, 0) & COALESCE(c.instructional, 0)
    WHEN f.every_day = 1 THEN COALESCE(a.recorded, 0)
    ELSE COALESCE(c.instructional, 0) END AS member
FROM cohort_stays AS s
JOIN cohort_masks AS m ON m.school_year = s.school_year AND m.block = s.block
JOIN cohort_forms AS f ON f.school_id = s.school_id
  AND f.school_year = s.school_year AND f.moment = m.moment
LEFT JOIN cohort_sums AS a ON a.student_id = s.student_id
  AND a.school_id = s.school_id AND a.block = s.block
LEFT JOIN cohort_calendars AS c ON c.school_id = s.school_id AND c.block = s.block
LEFT JOIN cohort_calendar_years AS y ON y.school_id = s.school_id
  AND y.school_year = s.school_year
LEFT JOIN cohort_recent AS r ON r.school_id = s.school_id
  AND r.school_year = s.school_year AND r.moment = m.moment

-- view: cohort_blocks
-- A day counts once, at however many schools: a move does not reset absences.
SELECT student_id, school_year, moment, block, BIT_OR(member) AS member,
  BIT_OR(member & recorded) AS recorded, BIT_OR(member & partly) AS partly,
  BIT_OR(member & unexcused) AS unexcused, BIT_OR(member & told) AS told,
  BIT_OR(member & recent) AS recent
FROM cohort_member
WHERE member <> 0
GROUP BY student_id, school_year, moment, block

-- table: cohort_days
-- Days enrolled and absent at each moment; b0 to b5 are the absences by block.
SELECT student_id, school_year, moment,
  CAST(SUM(BIT_COUNT(member)) AS INTEGER) AS enrolled,
  CAST(SUM(BIT_COUNT(absent)) AS INTEGER) AS absent,
  CAST(SUM(BIT_COUNT(absent & unexcused)) AS INTEGER) AS unexcused,
  CAST(SUM(BIT_COUNT(absent & told)) AS INTEGER) AS told,
  CAST(SUM(BIT_COUNT(recent)) AS INTEGER) AS recent_days,
  CAST(SUM(BIT_COUNT(absent & recent)) AS INTEGER) AS recent_absent,
  CAST(SUM(CASE WHEN place = 0 THEN absent ELSE 0 END) AS BIGINT) AS b0,
  CAST(SUM(CASE WHEN place = 1 THEN absent ELSE 0 END) AS BIGINT) AS b1,
  CAST(SUM(CASE WHEN place = 2 THEN absent ELSE 0 END) AS BIGINT) AS b2,
  CAST(SUM(CASE WHEN place = 3 THEN absent ELSE 0 END) AS BIGINT) AS b3,
  CAST(SUM(CASE WHEN place = 4 THEN absent ELSE 0 END) AS BIGINT) AS b4,
  CAST(SUM(CASE WHEN place = 5 THEN absent ELSE 0 END) AS BIGINT) AS b5
FROM (
  SELECT student_id, school_year, moment, member, unexcused, told, recent,
    recorded & ~partly AS absent, block - (school_year - 1) * 6 - 3 AS place
  FROM cohort_blocks
) AS counted
GROUP BY student_id, school_year, moment

-- table: cohort_marks
-- Marks as A to F, P for passed otherwise, or ? where nobody can say; one without a day
-- of posting is known only when the year is over.
SELECT m.student_id, m.section_id, m.term, s.school_year, s.subject,
  COALESCE(m.posted_on, MAKE_DATE(s.school_year, 7, 31)) AS posted_on,
  CASE WHEN UPPER(TRIM(m.mark)) IN ('A', 'A+', 'A-', 'B', 'B+', 'B-', 'C', 'C+', 'C-',
      'D', 'D+', 'D-', 'F', 'F+', 'F-') THEN UPPER(SUBSTR(TRIM(m.mark), 1, 1))
    WHEN UPPER(TRIM(m.mark)) IN ('P', 'PASS', 'CR') THEN 'P'
    WHEN TRY_CAST(TRIM(m.mark) AS DOUBLE) >= 0
      AND TRY_CAST(TRIM(m.mark) AS DOUBLE) < $passing THEN 'F'
    WHEN TRY_CAST(TRIM(m.mark) AS DOUBLE) >= $passing
      AND TRY_CAST(TRIM(m.mark) AS DOUBLE) <= 100 THEN 'P'
    ELSE '?' END AS letter
FROM marks AS m JOIN sections AS s ON s.section_id = m.section_id
WHERE s.school_year >= $first AND s.school_year <= $last
  AND COALESCE(m.posted_on, $as_of) <= $as_of

-- view: cohort_sections
-- Each section's marks so far and its latest one.
SELECT k.student_id, k.section_id, k.school_year, k.subject, m.moment,
  SUM(CASE WHEN k.letter <> '?' THEN 1 ELSE 0 END) AS marks,
  SUM(CASE WHEN k.letter = 'D' THEN 1 ELSE 0 END) AS d,
  SUM(CASE WHEN k.letter = 'F' THEN 1 ELSE 0 END) AS f,
  ARG_MAX(k.letter, CAST(k.posted_on AS VARCHAR) || k.term) AS latest,
  MAX(k.posted_on) AS posted_on
FROM cohort_marks AS k
JOIN cohort_moments AS m ON m.school_year = k.school_year
  AND k.posted_on <= m.posted_by
GROUP BY k.student_id, k.section_id, k.school_year, k.subject, m.moment

-- table: cohort_courses
SELECT student_id, school_year, moment,
  CAST(NULLIF(SUM(marks), 0) AS INTEGER) AS marks,
  CAST(CASE WHEN SUM(marks) > 0 THEN SUM(d) END AS INTEGER) AS d_marks,
  CAST(CASE WHEN SUM(marks) > 0 THEN SUM(f) END AS INTEGER) AS f_marks,
  CAST(CASE WHEN SUM(marks) > 0 THEN SUM(CASE WHEN core THEN d ELSE 0 END) END
    AS INTEGER) AS core_d_marks,
  CAST(CASE WHEN SUM(marks) > 0 THEN SUM(CASE WHEN core THEN f ELSE 0 END) END
    AS INTEGER) AS core_f_marks,
  MAX(CASE WHEN subject = 'ela' THEN failing END) AS failing_ela,
  MAX(CASE WHEN subject = 'math' THEN failing END) AS failing_math,
  MIN(CASE WHEN subject IN ('ela', 'math') AND failing = 1 THEN posted_on END)
    AS failed_on
FROM (
  SELECT student_id, school_year, moment, subject, marks, d, f, posted_on,
    COALESCE(subject IN ('ela', 'math', 'science', 'social_science'), false) AS core,
    CASE latest WHEN 'F' THEN 1 WHEN '?' THEN NULL ELSE 0 END AS failing
  FROM cohort_sections
) AS judged
GROUP BY student_id, school_year, moment

-- table: cohort_incident_days
SELECT DISTINCT student_id, incident_id, date, action,
  COALESCE(days_removed, 1) AS days_removed, $serious AS serious,
  YEAR(date) + CASE WHEN MONTH(date) >= 7 THEN 1 ELSE 0 END AS school_year
FROM incidents_in_full
WHERE date >= MAKE_DATE($first - 1, 7, 1) AND date <= $as_of

-- table: cohort_told
-- Whether incidents were recorded by the moment: some are, or the file says none.
SELECT m.school_year, m.moment
FROM cohort_moments AS m
WHERE $incidents_collected AND (
  NOT EXISTS (SELECT 1 FROM incidents)
  OR m.school_year * 10 + m.moment IN (
    SELECT o.school_year * 10 + o.moment
    FROM cohort_moments AS o JOIN cohort_incident_days AS i
      ON i.school_year = o.school_year AND i.date <= o.known_on))

-- table: cohort_conduct
-- Serious, as in flags: answered with a suspension out of school or an expulsion, or of
-- a kind that the district names serious.
SELECT i.student_id, i.school_year, m.moment,
  CAST(COUNT(DISTINCT i.incident_id) AS INTEGER) AS incidents,
  CAST(COUNT(DISTINCT CASE WHEN i.serious OR i.action IN (
    'out_of_school_suspension', 'expulsion') THEN i.incident_id END) AS INTEGER)
    AS serious,
  SUM(CASE WHEN i.action = 'out_of_school_suspension'
    THEN i.days_removed ELSE 0 END) AS suspension_days
FROM cohort_incident_days AS i
JOIN cohort_moments AS m ON m.school_year = i.school_year AND i.date <= m.known_on
GROUP BY i.student_id, i.school_year, m.moment

-- table: cohort_tests
-- Scale scores in standard deviations of the grade and year they were taken in: a
-- later year never moves them.
SELECT student_id, school_year,
  CASE WHEN COUNT(ela) OVER cell >= $fewest
    THEN (ela - AVG(ela) OVER cell) / NULLIF(STDDEV_SAMP(ela) OVER cell, 0) END AS ela,
  CASE WHEN COUNT(math) OVER cell >= $fewest
    THEN (math - AVG(math) OVER cell) / NULLIF(STDDEV_SAMP(math) OVER cell, 0)
    END AS math
FROM (
  SELECT a.student_id, a.school_year, g.grade, MAX(a.ela_score) AS ela,
    MAX(a.math_score) AS math
  FROM assessment_year AS a
  LEFT JOIN grades AS g
    ON g.student_id = a.student_id AND g.school_year = a.school_year
  WHERE a.level = 'district' AND a.school_year >= $first - 1
    AND a.school_year < $last
  GROUP BY a.student_id, a.school_year, g.grade
) AS scored
WINDOW cell AS (PARTITION BY school_year, grade)

-- table: cohort_present
-- Who was enrolled on the day, where, and at how many schools so far.
SELECT student_id, school_year, moment, school_id, grade, schools
FROM (
  SELECT s.student_id, s.school_year, m.moment, s.school_id, s.grade,
    CASE WHEN s.last_day >= m.known_on THEN 1 ELSE 0 END AS there,
    DENSE_RANK() OVER (PARTITION BY s.student_id, s.school_year, m.moment
      ORDER BY s.school_id) + DENSE_RANK() OVER (
      PARTITION BY s.student_id, s.school_year, m.moment ORDER BY s.school_id DESC)
      - 1 AS schools,
    ROW_NUMBER() OVER (PARTITION BY s.student_id, s.school_year, m.moment
      ORDER BY CASE WHEN s.last_day >= m.known_on THEN 0 ELSE 1 END,
        s.first_day DESC, s.last_day DESC, s.school_id) AS place
  FROM spells AS s
  JOIN cohort_moments AS m ON m.school_year = s.school_year
    AND s.first_day <= m.known_on AND m.moment <> $ending
) AS ordered
WHERE place = 1 AND there = 1

-- table: cohort_rows
SELECT p.school_year, p.moment, h.id, h.number, COALESCE(o.place, -1) AS place,
  d.enrolled, d.absent, d.unexcused, d.told, d.recent_days, d.recent_absent,
  c.marks, c.d_marks, c.f_marks, c.core_d_marks, c.core_f_marks,
  c.failing_ela, c.failing_math,
  CASE WHEN w.moment IS NOT NULL THEN COALESCE(i.incidents, 0) END AS incidents,
  CASE WHEN w.moment IS NOT NULL THEN COALESCE(i.serious, 0) END AS serious,
  CASE WHEN w.moment IS NOT NULL THEN COALESCE(i.suspension_days, 0) END
    AS suspension_days,
  CASE WHEN q.enrolled >= $eligible THEN CAST(q.absent AS DOUBLE) / q.enrolled END
    AS prior_share_absent,
  t.ela AS prior_ela, t.math AS prior_math,
  CASE WHEN p.grade = 'TK' THEN -1 WHEN p.grade = 'KG' THEN 0
    WHEN p.grade BETWEEN '01' AND '12' THEN CAST(p.grade AS INTEGER) END AS grade,
  p.schools,
  e.enrolled AS end_enrolled, e.absent AS end_absent,
  e.b0, e.b1, e.b2, e.b3, e.b4, e.b5,
  x.failing_ela AS end_failing_ela, x.failing_math AS end_failing_math,
  DATE_DIFF('day', m.known_on, x.failed_on) AS failed_after
FROM cohort_present AS p
JOIN cohort_moments AS m ON m.school_year = p.school_year AND m.moment = p.moment
JOIN student_years AS y
  ON y.student_id = p.student_id AND y.school_year = p.school_year
JOIN student_places AS h ON h.id = y.id
LEFT JOIN organizations AS o
  ON o.level = 'school' AND o.organization_id = p.school_id
LEFT JOIN cohort_days AS d ON d.student_id = p.student_id
  AND d.school_year = p.school_year AND d.moment = p.moment
LEFT JOIN cohort_days AS e ON e.student_id = p.student_id
  AND e.school_year = p.school_year AND e.moment = $ending
LEFT JOIN cohort_days AS q ON q.student_id = p.student_id
  AND q.school_year = p.school_year - 1 AND q.moment = $ending
LEFT JOIN cohort_courses AS c ON c.student_id = p.student_id
  AND c.school_year = p.school_year AND c.moment = p.moment
LEFT JOIN cohort_courses AS x ON x.student_id = p.student_id
  AND x.school_year = p.school_year AND x.moment = $ending
LEFT JOIN cohort_conduct AS i ON i.student_id = p.student_id
  AND i.school_year = p.school_year AND i.moment = p.moment
LEFT JOIN cohort_told AS w
  ON w.school_year = p.school_year AND w.moment = p.moment
LEFT JOIN cohort_tests AS t ON t.student_id = p.student_id
  AND t.school_year = p.school_year - 1
