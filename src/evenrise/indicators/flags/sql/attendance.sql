-- Days enrolled and absent this school year, over all schools, and why. The rule is
-- chronic absence's (indicators/catalog/chronic_absence/rules.md). A school year is one
-- string of 366 bits a student, the first of them 1 July, so that a day counts once
-- however many rows or spells name it, and ninety million rows are read once.

-- table: told_kinds
-- One reading of all rows: the days of each kind. 5 present, 0 there for a part of the
-- day, and the days missed whole: 1 unexcused, 2 excused, 3 medical, 4 other.
SELECT student_id, school_id, kind, BITSTRING_AGG(place, 0, 365) AS days
FROM (
  SELECT student_id, school_id, CAST(date - $first AS INTEGER) AS place,
    CASE WHEN status = 'present' THEN 5
      WHEN reason = 'in_school_suspension' OR COALESCE(portion_absent,
        CASE WHEN status = 'absent' THEN 1.0 ELSE 0.0 END) < 1 THEN 0
      WHEN reason = 'unexcused' THEN 1 WHEN reason = 'excused' THEN 2
      WHEN reason = 'medical' THEN 3 ELSE 4 END AS kind
  FROM attendance WHERE date BETWEEN $first AND $last
) AS told
GROUP BY student_id, school_id, kind

-- table: told_days
-- Each kind stands in one row; nobody was absent who was there for a part of the day.
SELECT student_id, school_id, MAX(kind) AS top_kind,
  COALESCE(ANY_VALUE(CASE WHEN kind = 5 THEN days END), $none)
    | COALESCE(ANY_VALUE(CASE WHEN kind = 0 THEN days END), $none) AS there,
  COALESCE(ANY_VALUE(CASE WHEN kind = 1 THEN days END), $none) AS unexcused,
  COALESCE(ANY_VALUE(CASE WHEN kind = 2 THEN days END), $none) AS excused,
  COALESCE(ANY_VALUE(CASE WHEN kind = 3 THEN days END), $none) AS medical,
  COALESCE(ANY_VALUE(CASE WHEN kind = 4 THEN days END), $none) AS other
FROM told_kinds
GROUP BY student_id, school_id

-- table: forms
-- Every membership day (some row says present), or absences only: then the calendar
-- says which days there were. A school without any row measures nobody.
SELECT school_id, MAX(CASE WHEN top_kind = 5 THEN 1 ELSE 0 END) AS every_day
FROM told_days GROUP BY school_id

-- table: school_days
SELECT school_id,
  COALESCE(BITSTRING_AGG(place, 0, 365) FILTER (instructional), $none) AS open
FROM (
  SELECT school_id, instructional, CAST(date - $first AS INTEGER) AS place
  FROM calendar WHERE date BETWEEN $first AND $last
) AS days
GROUP BY school_id

-- table: spells
-- Spells of this school year, clipped to it and to the day; the last day counts.
SELECT student_id, school_id, came, went
FROM (
  SELECT e.student_id, e.school_id,
    CAST(GREATEST(e.entered_on, $first) - $first AS INTEGER) AS came,
    CAST(LEAST(COALESCE(e.left_on, $last), $last) - $first AS INTEGER) AS went
  FROM enrollments AS e JOIN enrolled AS n ON n.student_id = e.student_id
  WHERE e.school_year = $year
) AS clipped
WHERE came <= went

-- table: spans
-- Most spells share their days: each span is drawn once.
SELECT came, went, ($all >> came) & ($all << (365 - went)) AS days
FROM (SELECT DISTINCT came, went FROM spells) AS different

-- table: several
-- Who has more than one spell: only there can days of two schools or spells meet.
SELECT student_id FROM spells GROUP BY student_id HAVING COUNT(*) > 1

-- table: stays
SELECT l.student_id, l.school_id, s.days
FROM spells AS l JOIN spans AS s ON s.came = l.came AND s.went = l.went
WHERE l.student_id NOT IN (SELECT student_id FROM several)
UNION ALL
SELECT l.student_id, l.school_id, BIT_OR(s.days) AS days
FROM spells AS l JOIN spans AS s ON s.came = l.came AND s.went = l.went
WHERE l.student_id IN (SELECT student_id FROM several)
GROUP BY l.student_id, l.school_id

-- table: member_days
SELECT student_id, school_id, member,
  member & (unexcused | excused | medical | other) & ~there AS absent,
  member & there AS there, member & medical AS medical, member & excused AS excused,
  member & unexcused AS unexcused
FROM (
  SELECT s.student_id, s.school_id, COALESCE(t.there, $none) AS there,
    COALESCE(t.medical, $none) AS medical, COALESCE(t.excused, $none) AS excused,
    COALESCE(t.unexcused, $none) AS unexcused, COALESCE(t.other, $none) AS other,
    s.days & CASE
      WHEN f.every_day = 0 THEN COALESCE(c.open, $none)
      ELSE COALESCE(t.there | t.unexcused | t.excused | t.medical | t.other, $none)
        & COALESCE(c.open, $all) END AS member
  FROM stays AS s
  JOIN forms AS f ON f.school_id = s.school_id
  LEFT JOIN told_days AS t
    ON t.student_id = s.student_id AND t.school_id = s.school_id
  LEFT JOIN school_days AS c ON c.school_id = s.school_id
) AS joined

-- view: student_days
-- Over all schools, so that a transfer never starts the count anew.
SELECT student_id, 1 AS schools, member, absent, medical, excused, unexcused
FROM member_days
WHERE student_id NOT IN (SELECT student_id FROM several)
UNION ALL
SELECT student_id, COUNT(CASE WHEN BIT_COUNT(member) > 0 THEN 1 END) AS schools,
  BIT_OR(member) AS member, BIT_OR(absent) & ~BIT_OR(there) AS absent,
  BIT_OR(medical) AS medical, BIT_OR(excused) AS excused,
  BIT_OR(unexcused) AS unexcused
FROM member_days
WHERE student_id IN (SELECT student_id FROM several)
GROUP BY student_id

-- table: attendance_of
-- Each day absent has one reason: medical before excused before unexcused.
SELECT student_id, schools,
  BIT_COUNT(member) AS enrolled,
  BIT_COUNT(absent) AS absent,
  BIT_COUNT(absent & medical) AS medical,
  BIT_COUNT(absent & excused & ~medical) AS excused,
  BIT_COUNT(absent & unexcused & ~excused & ~medical) AS unexcused,
  BIT_COUNT(member & $last_45) AS enrolled_45,
  BIT_COUNT(absent & $last_45) AS absent_45,
  BIT_COUNT(absent & $last_63) AS absent_63,
  NULLIF(BIT_POSITION($one, absent), 0) - 1 AS first_absent,
  CASE WHEN BIT_COUNT(absent) > 0
    THEN 366 - STRPOS(REVERSE(CAST(absent AS VARCHAR)), '1') END AS last_absent
FROM student_days
