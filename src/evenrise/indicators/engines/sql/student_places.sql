-- For each student-year of `everybody`: a number that stands for the student and says
-- nothing else, and the school where the student was a member for the most days.

-- table: student_homes
SELECT student_id, school_year, school_id
FROM (
  SELECT student_id, school_year, school_id, ROW_NUMBER() OVER (
    PARTITION BY student_id, school_year ORDER BY days DESC, school_id) AS place
  FROM (
    SELECT student_id, school_year, school_id,
      SUM(DATE_DIFF('day', first_day, last_day) + 1) AS days
    FROM spells WHERE school_id <> ''
    GROUP BY student_id, school_year, school_id
  ) AS spent
) AS ordered
WHERE place = 1

-- table: student_numbers
-- The least of a student's ids, which stays when further student-years are added.
SELECT student_id, MIN(id) AS number
FROM student_years
GROUP BY student_id

-- table: student_places
SELECT y.id, n.number, COALESCE(o.place, -1) AS place
FROM student_years AS y
JOIN student_numbers AS n ON n.student_id = y.student_id
LEFT JOIN student_homes AS h
  ON h.student_id = y.student_id AND h.school_year = y.school_year
LEFT JOIN organizations AS o
  ON o.level = 'school' AND o.organization_id = h.school_id
