-- What each course of this school year stands at, by marks known on the day.

-- table: year_sections
-- The title as a piece of JSON: it is told in the reasons.
SELECT section_id, school_id, subject, REPLACE(REPLACE(REGEXP_REPLACE(
    COALESCE(NULLIF(TRIM(title), ''), course_code, section_id),
    '[[:cntrl:]]', ' ', 'g'), '\', '\\'), '"', '\"') AS title
FROM sections WHERE school_year = $year

-- view: known_marks
-- A mark that does not say when it was posted is known when the school year is over:
-- terms have no dates, and its day must not be guessed too early.
SELECT m.student_id, m.section_id, UPPER(TRIM(m.mark)) AS mark, m.term, m.posted_on,
  COALESCE(m.posted_on, $year_end) AS known_on
FROM marks AS m
JOIN year_sections AS s ON s.section_id = m.section_id
WHERE COALESCE(m.posted_on, $year_end) <= $as_of

-- table: latest_marks
-- Only who has several marks in a section needs to be put in order.
SELECT student_id, section_id,
  CASE WHEN COUNT(*) = 1 THEN ANY_VALUE(mark)
    ELSE ARG_MAX(mark, (known_on, term)) END AS mark,
  CASE WHEN COUNT(*) = COUNT(posted_on) THEN MAX(posted_on) END AS posted_on
FROM known_marks
GROUP BY student_id, section_id

-- table: mark_kinds
-- Each way a mark is written, judged once: letter; points; a number out of 100.
SELECT mark, letter, number,
  CASE letter WHEN 'A' THEN 4 WHEN 'B' THEN 3 WHEN 'C' THEN 2 WHEN 'D' THEN 1
    WHEN 'F' THEN 0 END AS points,
  CASE WHEN letter IS NOT NULL THEN CASE WHEN letter = 'F' THEN 1 ELSE 0 END
    WHEN number IS NOT NULL THEN CASE WHEN number < $passing THEN 1
      WHEN number >= $passing THEN 0 END
    WHEN mark IN ('P', 'PASS', 'CR') THEN 0 END AS failing
FROM (
  SELECT mark,
    CASE WHEN mark IN ('A', 'A+', 'A-', 'B', 'B+', 'B-', 'C', 'C+', 'C-', 'D', 'D+',
      'D-', 'F', 'F+', 'F-') THEN LEFT(mark, 1) END AS letter,
    CASE WHEN TRY_CAST(mark AS DOUBLE) BETWEEN 0 AND 100
      THEN TRY_CAST(mark AS DOUBLE) END AS number
  FROM (SELECT DISTINCT mark FROM latest_marks) AS written
) AS judged

-- table: standing
SELECT l.student_id, s.subject, k.letter, k.points, k.number, k.failing,
  CASE WHEN k.failing = 1 OR k.letter = 'D' OR k.number < $low THEN
    '{"title": "' || s.title || '", "subject": "' || COALESCE(s.subject, '')
    || '", "mark": "' || l.mark
    || '", "posted_on": '
    || COALESCE('"' || CAST(l.posted_on AS VARCHAR) || '"', 'null') || '}' END AS told
FROM latest_marks AS l
JOIN year_sections AS s ON s.section_id = l.section_id
LEFT JOIN mark_kinds AS k ON k.mark = l.mark

-- table: low_kinds
-- Courses of one kind: F in English, in mathematics, in others; D; and low numbers.
SELECT student_id, kind, ARRAY_TO_STRING(LIST_SORT(LIST(told)), ', ') AS told
FROM (
  SELECT student_id, told, CASE
    WHEN failing = 1 AND subject = 'ela' THEN 'failed_ela'
    WHEN failing = 1 AND subject = 'math' THEN 'failed_math'
    WHEN failing = 1 THEN 'failed_other'
    WHEN letter = 'D' THEN 'ds' END AS kind
  FROM standing WHERE told IS NOT NULL
  UNION ALL
  SELECT student_id, told, 'low_numbers' AS kind FROM standing WHERE number < $low
) AS kinds
WHERE kind IS NOT NULL
GROUP BY student_id, kind

-- table: low_courses
SELECT student_id,
  MAX(CASE WHEN kind = 'failed_ela' THEN told END) AS failed_ela,
  MAX(CASE WHEN kind = 'failed_math' THEN told END) AS failed_math,
  MAX(CASE WHEN kind = 'failed_other' THEN told END) AS failed_other,
  MAX(CASE WHEN kind = 'ds' THEN told END) AS courses_with_d,
  MAX(CASE WHEN kind = 'low_numbers' THEN told END) AS low_numbers
FROM low_kinds
GROUP BY student_id

-- table: sitting
-- Who sits in which subjects on the day: a subject that a student does not take cannot
-- be failed. A section without subject may be any, so then nothing follows.
SELECT r.student_id, MAX(CASE WHEN s.subject = 'ela' THEN 1 ELSE 0 END) AS takes_ela,
  MAX(CASE WHEN s.subject = 'math' THEN 1 ELSE 0 END) AS takes_math,
  MAX(CASE WHEN s.subject IS NULL THEN 1 ELSE 0 END) AS takes_unknown
FROM rosters AS r JOIN year_sections AS s ON s.section_id = r.section_id
WHERE COALESCE(r.started_on, $first) <= $as_of
  AND COALESCE(r.ended_on, $as_of) >= $as_of
GROUP BY r.student_id

-- table: course_of
SELECT student_id,
  COUNT(failing) AS known_marks,
  SUM(CASE WHEN failing = 1 THEN 1 ELSE 0 END) AS failing_any,
  COUNT(CASE WHEN subject = 'ela' THEN failing END) AS known_ela,
  SUM(CASE WHEN failing = 1 AND subject = 'ela' THEN 1 ELSE 0 END) AS failing_ela,
  COUNT(CASE WHEN subject = 'math' THEN failing END) AS known_math,
  SUM(CASE WHEN failing = 1 AND subject = 'math' THEN 1 ELSE 0 END) AS failing_math,
  SUM(CASE WHEN letter = 'D' THEN 1 ELSE 0 END) AS ds,
  SUM(points) AS points, COUNT(points) AS letters, MIN(number) AS lowest_mark
FROM standing
GROUP BY student_id
