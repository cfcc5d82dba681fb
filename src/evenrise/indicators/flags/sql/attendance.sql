-- Days enrolled and absent this school year, over all schools, and why. The rule is
-- chronic absence's (indicators/catalog/chronic_absence/rules.md). A school year is one
-- string of 366 bits a student, the first of them 1 July, so that a day counts once
-- however many rows or spells name it, and ninety million rows are read once.

-- table: present_days
-- Nearly all rows; nothing else of them is needed.
SELECT student_id, school_id, BITSTRING_AGG(place, 0, 365) AS present
FROM (
  SELECT student_id, school_id, CAST(date - $first AS INTEGER) AS place
  FROM attendance WHERE date BETWEEN $first AND $last AND status = 'present'
) AS days
GROUP BY student_id, school_id

-- view: missed_rows
-- Everything but presence, with a number for each reason of a day missed whole: nobody
-- was absent who was there for a part of it.
SELECT student_id, school_id, CAST(date - $first AS INTEGER) AS place,
  CASE WHEN reason = 'in_school_suspension' OR COALESCE(portion_absent,
      CASE WHEN status = 'absent' THEN 1.0 ELSE 0.0 END) < 1 THEN 0
    WHEN reason = 'unexcused' THEN 1 WHEN reason = 'excused' THEN 2
    WHEN reason = 'medical' THEN 3 ELSE 4 END AS why
FROM attendance WHERE date BETWEEN $first AND $last AND status <> 'present'

-- table: part_days
SELECT student_id, school_id, BITSTRING_AGG(place, 0, 365) AS partly
FROM missed_rows WHERE why = 0
GROUP BY student_id, school_id

-- table: whole_days
SELECT student_id, school_id, BITSTRING_AGG(place, 0, 365) AS whole,
  COALESCE(BITSTRING_AGG(place, 0, 365) FILTER (why = 1), $none) AS unexcused,
  COALESCE(BITSTRING_AGG(place, 0, 365) FILTER (why = 2), $none) AS excused,
  COALESCE(BITSTRING_AGG(place, 0, 365) FILTER (why = 3), $none) AS medical
FROM missed_rows WHERE why > 0
GROUP BY student_id, school_id

-- table: forms
-- Every membership day (some row says present), or absences only: then the calendar
-- says which days there were. A school without any row measures nobody.
SELECT school_id, MAX(every_day) AS every_day
FROM (
  SELECT DISTINCT school_id, 1 AS every_day FROM present_days
  UNION ALL
  SELECT DISTINCT school_id, 0 AS every_day FROM whole_days
  UNION ALL
  SELECT DISTINCT school_id, 0 AS every_day FROM part_days
) AS told
GROUP BY school_id

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
SELECT student_id, school_id, member, member & whole & ~(partly | present) AS absent,
  member & (partly | present) AS there, member & medical AS medical,
  member & excused AS excused, member & unexcused AS unexcused
FROM (
  SELECT s.student_id, s.school_id, COALESCE(p.present, $none) AS present,
    COALESCE(w.whole, $none) AS whole, COALESCE(t.partly, $none) AS partly,
    COALESCE(w.medical, $none) AS medical, COALESCE(w.excused, $none) AS excused,
    COALESCE(w.unexcused, $none) AS unexcused,
    s.days & CASE
      WHEN f.every_day = 0 THEN COALESCE(c.open, $none)
      ELSE (COALESCE(p.present, $none) | COALESCE(w.whole, $none)
        | COALESCE(t.partly, $none)) & COALESCE(c.open, $all) END AS member
  FROM stays AS s
  JOIN forms AS f ON f.school_id = s.school_id
  LEFT JOIN present_days AS p
    ON p.student_id = s.student_id AND p.school_id = s.school_id
  LEFT JOIN whole_days AS w
    ON w.student_id = s.student_id AND w.school_id = s.school_id
  LEFT JOIN part_days AS t
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
