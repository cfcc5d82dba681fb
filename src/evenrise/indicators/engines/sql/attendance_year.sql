-- Days enrolled and days missed. Two months of days are one whole number (a block; bit d
-- is its day d), so that a day counts once however many rows or spells name it, and
-- ninety million rows are read once. Blocks begin in January, so that a school year is
-- six of them, and no number needs a 63rd bit.

-- view: attendance_days
-- The school as it stands: a COALESCE here would cost a second of processor time for
-- every fifty million rows, for DuckDB then looks at each text instead of each code.
SELECT student_id, school_id, status,
  (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day,
  CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0
    WHEN status = 'absent' THEN COALESCE(portion_absent, 1.0)
    ELSE COALESCE(portion_absent, 0.0) END AS missed
FROM attendance WHERE date <= $as_of

-- table: attendance_sums
-- A student seen for a part of a day was there for it, whatever another row says.
SELECT student_id, school_id, block,
  BIT_OR(day) AS recorded,
  BIT_OR(CASE WHEN missed < 1 THEN day ELSE 0 END) AS partly,
  BIT_OR(CASE WHEN missed < 0.5 THEN day ELSE 0 END) AS mostly,
  BIT_OR(CASE WHEN missed <= 0 THEN day ELSE 0 END) AS fully,
  MAX(CASE WHEN status = 'present' THEN 1 ELSE 0 END) AS any_present
FROM attendance_days
GROUP BY student_id, school_id, block

-- view: attendance_blocks
-- A school left blank is the blank school, however it is left blank.
SELECT student_id, school_id, block, recorded, partly, mostly, fully, any_present
FROM attendance_sums WHERE school_id <> ''
UNION ALL
SELECT student_id, '' AS school_id, block, BIT_OR(recorded) AS recorded,
  BIT_OR(partly) AS partly, BIT_OR(mostly) AS mostly, BIT_OR(fully) AS fully,
  MAX(any_present) AS any_present
FROM attendance_sums WHERE COALESCE(school_id, '') = ''
GROUP BY student_id, block

-- table: attendance_forms
-- Which of the two forms a school kept that year: every membership day (some row says
-- present), or absences only (then the calendar says which days there were).
SELECT school_id, CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1 AS school_year,
  MAX(any_present) AS every_day
FROM attendance_blocks
GROUP BY school_id, CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1

-- table: calendar_blocks
SELECT COALESCE(school_id, '') AS school_id,
  (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  BIT_OR(CASE WHEN instructional
    THEN CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31)
    ELSE 0 END) AS instructional
FROM calendar WHERE date <= $as_of
GROUP BY COALESCE(school_id, ''), (YEAR(date) * 12 + MONTH(date) - 1) >> 1

-- table: calendar_years
SELECT DISTINCT school_id,
  CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1 AS school_year, 1 AS known
FROM calendar_blocks

-- table: stays
SELECT student_id, school_id, school_year, COUNT(*) AS spells,
  MIN(first_day) AS first_day, MAX(last_day) AS last_day
FROM spells
GROUP BY student_id, school_id, school_year

-- view: spell_days
-- The block and the bit of the first and the last day of each spell.
SELECT student_id, school_id, school_year, spells,
  (YEAR(first_day) * 12 + MONTH(first_day) - 1) >> 1 AS first_block,
  DAY(first_day) - 1 + ((MONTH(first_day) - 1) & 1) * 31 AS first_bit,
  (YEAR(last_day) * 12 + MONTH(last_day) - 1) >> 1 AS last_block,
  DAY(last_day) - 1 + ((MONTH(last_day) - 1) & 1) * 31 AS last_bit
FROM (
  SELECT student_id, school_id, school_year, spells, first_day, last_day
  FROM stays WHERE spells = 1
  UNION ALL
  SELECT s.student_id, s.school_id, s.school_year, m.spells, s.first_day, s.last_day
  FROM spells AS s
  JOIN stays AS m ON m.student_id = s.student_id AND m.school_id = s.school_id
    AND m.school_year = s.school_year
  WHERE m.spells > 1
) AS told

-- view: spell_parts
SELECT s.student_id, s.school_id, s.school_year, s.spells,
  (s.school_year - 1) * 6 + 3 + b.place AS block,
  (CAST(1 AS BIGINT) << (CASE
    WHEN s.last_block = (s.school_year - 1) * 6 + 3 + b.place
    THEN s.last_bit + 1 ELSE 62 END))
  - (CAST(1 AS BIGINT) << (CASE
    WHEN s.first_block = (s.school_year - 1) * 6 + 3 + b.place
    THEN s.first_bit ELSE 0 END)) AS days
FROM spell_days AS s
JOIN (VALUES (0), (1), (2), (3), (4), (5)) AS b (place)
  ON (s.school_year - 1) * 6 + 3 + b.place >= s.first_block
  AND (s.school_year - 1) * 6 + 3 + b.place <= s.last_block

-- view: spell_blocks
-- Only several spells at one school can name a day twice.
SELECT student_id, school_id, school_year, block, days
FROM spell_parts WHERE spells = 1
UNION ALL
SELECT student_id, school_id, school_year, block, BIT_OR(days) AS days
FROM spell_parts WHERE spells > 1
GROUP BY student_id, school_id, school_year, block

-- table: member_blocks
SELECT student_id, school_id, school_year, block, recorded, partly, mostly, fully,
  member
FROM (
  SELECT s.student_id, s.school_id, s.school_year, s.block,
    COALESCE(a.recorded, 0) AS recorded, COALESCE(a.partly, 0) AS partly,
    COALESCE(a.mostly, 0) AS mostly, COALESCE(a.fully, 0) AS fully,
    CASE
      WHEN f.every_day = 1 AND y.known = 1
        THEN s.days & COALESCE(a.recorded, 0) & COALESCE(c.instructional, 0)
      WHEN f.every_day = 1 THEN s.days & COALESCE(a.recorded, 0)
      ELSE s.days & COALESCE(c.instructional, 0) END AS member
  FROM spell_blocks AS s
  JOIN attendance_forms AS f
    ON f.school_id = s.school_id AND f.school_year = s.school_year
  LEFT JOIN attendance_blocks AS a
    ON a.student_id = s.student_id AND a.school_id = s.school_id AND a.block = s.block
  LEFT JOIN calendar_blocks AS c ON c.school_id = s.school_id AND c.block = s.block
  LEFT JOIN calendar_years AS y
    ON y.school_id = s.school_id AND y.school_year = s.school_year
) AS joined
WHERE member <> 0

-- table: movers
-- Only who was at two schools in a year can differ between school and district.
SELECT student_id, school_year
FROM spells
GROUP BY student_id, school_year
HAVING COUNT(DISTINCT school_id) > 1

-- table: mover_blocks
SELECT m.student_id, m.school_year, p.organization_id, m.block,
  BIT_OR(m.member) AS member, BIT_OR(m.recorded & m.member) AS recorded,
  BIT_OR(m.partly & m.member) AS partly, BIT_OR(m.mostly & m.member) AS mostly,
  BIT_OR(m.fully & m.member) AS fully
FROM member_blocks AS m
JOIN movers AS v ON v.student_id = m.student_id AND v.school_year = m.school_year
JOIN places AS p ON p.school_id = m.school_id AND p.level = 'district'
GROUP BY m.student_id, m.school_year, p.organization_id, m.block

-- table: part_rows
-- The few rows that tell of a part of a day.
SELECT student_id, COALESCE(school_id, '') AS school_id,
  (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day, portion_absent AS missed
FROM attendance
WHERE portion_absent > 0 AND portion_absent < 1 AND date <= $as_of
  AND status <> 'present' AND COALESCE(reason, '') <> 'in_school_suspension'

-- table: school_parts
-- The smallest part that any row of a day tells counts.
SELECT student_id, school_id, school_year, SUM(missed) AS missed
FROM (
  SELECT b.student_id, b.school_id, b.school_year, b.block, d.day,
    MIN(d.missed) AS missed
  FROM part_rows AS d
  JOIN member_blocks AS b ON b.student_id = d.student_id
    AND b.school_id = d.school_id AND b.block = d.block
    AND (b.member & ~b.fully & d.day) <> 0
  GROUP BY b.student_id, b.school_id, b.school_year, b.block, d.day
) AS days
GROUP BY student_id, school_id, school_year

-- table: mover_parts
SELECT student_id, organization_id, school_year, SUM(missed) AS missed
FROM (
  SELECT w.student_id, w.organization_id, w.school_year, w.block, d.day,
    MIN(d.missed) AS missed
  FROM part_rows AS d
  JOIN member_blocks AS b ON b.student_id = d.student_id
    AND b.school_id = d.school_id AND b.block = d.block
    AND (b.member & d.day) <> 0
  JOIN places AS p ON p.school_id = d.school_id AND p.level = 'district'
  JOIN mover_blocks AS w ON w.student_id = d.student_id AND w.block = d.block
    AND w.organization_id = p.organization_id AND (w.fully & d.day) = 0
  GROUP BY w.student_id, w.organization_id, w.school_year, w.block, d.day
) AS days
GROUP BY student_id, organization_id, school_year

-- table: school_days
SELECT w.student_id, w.school_id, w.school_year, w.days_enrolled, w.days_absent,
  w.days_absent_half, w.days_absent + COALESCE(d.missed, 0) AS days_missed
FROM (
  SELECT student_id, school_id, school_year,
    CAST(SUM(BIT_COUNT(member)) AS BIGINT) AS days_enrolled,
    CAST(SUM(BIT_COUNT(member & recorded & ~partly)) AS BIGINT) AS days_absent,
    CAST(SUM(BIT_COUNT(member & recorded & ~mostly)) AS BIGINT) AS days_absent_half
  FROM member_blocks
  GROUP BY student_id, school_id, school_year
) AS w
LEFT JOIN school_parts AS d ON d.student_id = w.student_id
  AND d.school_id = w.school_id AND d.school_year = w.school_year

-- table: mover_days
SELECT w.student_id, w.organization_id, w.school_year, w.days_enrolled, w.days_absent,
  w.days_absent_half, w.days_absent + COALESCE(d.missed, 0) AS days_missed
FROM (
  SELECT student_id, organization_id, school_year,
    CAST(SUM(BIT_COUNT(member)) AS BIGINT) AS days_enrolled,
    CAST(SUM(BIT_COUNT(recorded & ~partly)) AS BIGINT) AS days_absent,
    CAST(SUM(BIT_COUNT(recorded & ~mostly)) AS BIGINT) AS days_absent_half
  FROM mover_blocks
  GROUP BY student_id, organization_id, school_year
) AS w
LEFT JOIN mover_parts AS d ON d.student_id = w.student_id
  AND d.organization_id = w.organization_id AND d.school_year = w.school_year

-- table: attendance_year
SELECT student_id, school_year, level, organization_id, days_enrolled, days_absent,
  days_absent_half, days_missed, days_enrolled - days_absent AS days_attended
FROM (
  SELECT w.student_id, w.school_year, p.level, p.organization_id, w.days_enrolled,
    w.days_absent, w.days_absent_half, w.days_missed
  FROM school_days AS w
  JOIN places AS p ON p.school_id = w.school_id
  LEFT JOIN movers AS v
    ON v.student_id = w.student_id AND v.school_year = w.school_year
  WHERE p.level = 'school' OR v.student_id IS NULL
  UNION ALL
  SELECT student_id, school_year, 'district' AS level, organization_id, days_enrolled,
    days_absent, days_absent_half, days_missed
  FROM mover_days
) AS placed
