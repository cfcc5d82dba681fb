-- Days enrolled and absent this school year, over all schools, and why. The rule is
-- chronic absence's (indicators/catalog/chronic_absence/rules.md); the way of counting
-- is that of engines/sql/attendance_year.sql: two months of days are one whole number.

-- table: told_days
-- A student seen for a part of a day was there for it, whatever another row says.
SELECT student_id, school_id, block,
  BIT_OR(day) AS recorded,
  BIT_OR(CASE WHEN missed < 1 THEN day ELSE 0 END) AS partly,
  MAX(present) AS every_day
FROM (
  SELECT student_id, school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
    CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day,
    CASE WHEN status = 'present' THEN 1 ELSE 0 END AS present,
    CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0
      WHEN status = 'absent' THEN COALESCE(portion_absent, 1.0)
      ELSE COALESCE(portion_absent, 0.0) END AS missed
  FROM attendance WHERE date BETWEEN $first AND $last
) AS days
GROUP BY student_id, school_id, block

-- table: told_reasons
-- The few rows that say why: what was missed whole is found by the days above.
SELECT student_id, school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  BIT_OR(CASE WHEN reason = 'medical' THEN day ELSE 0 END) AS medical,
  BIT_OR(CASE WHEN reason = 'excused' THEN day ELSE 0 END) AS excused,
  BIT_OR(CASE WHEN reason = 'unexcused' THEN day ELSE 0 END) AS unexcused,
  BIT_OR(CASE WHEN reason = 'out_of_school_suspension' THEN day ELSE 0 END)
    AS suspended
FROM (
  SELECT student_id, school_id, date, reason,
    CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31) AS day
  FROM attendance
  WHERE date BETWEEN $first AND $last AND status <> 'present'
    AND reason IN ('medical', 'excused', 'unexcused', 'out_of_school_suspension')
) AS days
GROUP BY student_id, school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1

-- table: forms
-- Every membership day (some row says present), or absences only: then the calendar
-- says which days there were. A school without any row measures nobody.
SELECT school_id, MAX(every_day) AS every_day FROM told_days GROUP BY school_id

-- table: school_days
SELECT school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1 AS block,
  BIT_OR(CASE WHEN instructional
    THEN CAST(1 AS BIGINT) << (DAY(date) - 1 + ((MONTH(date) - 1) & 1) * 31)
    ELSE 0 END) AS open
FROM calendar WHERE date BETWEEN $first AND $last
GROUP BY school_id, (YEAR(date) * 12 + MONTH(date) - 1) >> 1

-- table: known_schools
SELECT DISTINCT school_id, 1 AS known FROM school_days

-- table: stays
-- Spells of this school year, clipped to it and to the day; the last day counts.
SELECT student_id, school_id,
  (YEAR(came) * 12 + MONTH(came) - 1) >> 1 AS first_block,
  DAY(came) - 1 + ((MONTH(came) - 1) & 1) * 31 AS first_bit,
  (YEAR(went) * 12 + MONTH(went) - 1) >> 1 AS last_block,
  DAY(went) - 1 + ((MONTH(went) - 1) & 1) * 31 AS last_bit
FROM (
  SELECT e.student_id, e.school_id, GREATEST(e.entered_on, $first) AS came,
    LEAST(COALESCE(e.left_on, $last), $last) AS went
  FROM enrollments AS e JOIN enrolled AS n ON n.student_id = e.student_id
  WHERE e.school_year = $year
) AS clipped
WHERE came <= went

-- table: stay_days
SELECT s.student_id, s.school_id, w.block, BIT_OR(
  (CAST(1 AS BIGINT) << (CASE WHEN w.block = s.last_block
    THEN s.last_bit + 1 ELSE 62 END))
  - (CAST(1 AS BIGINT) << (CASE WHEN w.block = s.first_block
    THEN s.first_bit ELSE 0 END))) AS days
FROM stays AS s JOIN windows AS w
  ON w.block >= s.first_block AND w.block <= s.last_block
GROUP BY s.student_id, s.school_id, w.block

-- table: member_days
SELECT student_id, school_id, block, member,
  member & recorded AS recorded, member & partly AS partly
FROM (
  SELECT s.student_id, s.school_id, s.block, COALESCE(t.recorded, 0) AS recorded,
    COALESCE(t.partly, 0) AS partly,
    s.days & CASE
      WHEN f.every_day = 0 THEN COALESCE(c.open, 0)
      WHEN k.known IS NULL THEN COALESCE(t.recorded, 0)
      ELSE COALESCE(t.recorded, 0) & COALESCE(c.open, 0) END AS member
  FROM stay_days AS s
  JOIN forms AS f ON f.school_id = s.school_id
  LEFT JOIN told_days AS t ON t.student_id = s.student_id
    AND t.school_id = s.school_id AND t.block = s.block
  LEFT JOIN school_days AS c ON c.school_id = s.school_id AND c.block = s.block
  LEFT JOIN known_schools AS k ON k.school_id = s.school_id
) AS joined
WHERE member <> 0

-- table: absent_days
-- Over all schools, so that a transfer never starts the count anew.
SELECT m.student_id, m.block, BIT_OR(m.member) AS member,
  BIT_OR(m.recorded) & ~BIT_OR(m.partly) AS absent
FROM member_days AS m
GROUP BY m.student_id, m.block

-- table: reason_days
-- Only what the school told on a day of membership there is a reason.
SELECT r.student_id, r.block, BIT_OR(r.medical & m.member) AS medical,
  BIT_OR(r.excused & m.member) AS excused,
  BIT_OR(r.unexcused & m.member) AS unexcused,
  BIT_OR(r.suspended & m.member) AS suspended
FROM told_reasons AS r
JOIN member_days AS m ON m.student_id = r.student_id AND m.school_id = r.school_id
  AND m.block = r.block
GROUP BY r.student_id, r.block

-- table: attended_schools
SELECT student_id, COUNT(DISTINCT school_id) AS schools
FROM member_days
WHERE student_id IN (
  SELECT student_id FROM stays GROUP BY student_id
  HAVING COUNT(DISTINCT school_id) > 1)
GROUP BY student_id

-- table: attendance_of
-- Each day absent has one reason: medical before excused before unexcused.
SELECT student_id,
  SUM(BIT_COUNT(member)) AS enrolled,
  SUM(BIT_COUNT(absent)) AS absent,
  SUM(BIT_COUNT(absent & medical)) AS medical,
  SUM(BIT_COUNT(absent & excused & ~medical)) AS excused,
  SUM(BIT_COUNT(absent & unexcused & ~excused & ~medical)) AS unexcused,
  SUM(BIT_COUNT(absent & suspended & ~unexcused & ~excused & ~medical)) AS suspended,
  SUM(BIT_COUNT(member & last_45)) AS enrolled_45,
  SUM(BIT_COUNT(absent & last_45)) AS absent_45,
  SUM(BIT_COUNT(absent & last_63)) AS absent_63,
  MIN(CASE WHEN absent <> 0
    THEN block * 64 + BIT_COUNT((absent & -absent) - 1) END) AS first_absent,
  MAX(CASE WHEN absent >> 31 > 0
    THEN block * 64 + 31 + CAST(FLOOR(LOG2(absent >> 31)) AS BIGINT)
    WHEN absent > 0 THEN block * 64 + CAST(FLOOR(LOG2(absent)) AS BIGINT) END)
    AS last_absent
FROM (
  SELECT a.student_id, a.block, a.member, a.absent,
    COALESCE(r.medical, 0) AS medical, COALESCE(r.excused, 0) AS excused,
    COALESCE(r.unexcused, 0) AS unexcused, COALESCE(r.suspended, 0) AS suspended,
    w.last_45, w.last_63
  FROM absent_days AS a
  JOIN windows AS w ON w.block = a.block
  LEFT JOIN reason_days AS r ON r.student_id = a.student_id AND r.block = a.block
) AS joined
GROUP BY student_id
