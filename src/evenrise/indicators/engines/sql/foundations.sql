-- What every student-year table stands on: spells of membership, grades, places.

-- table: spells
-- Spells of enrollment, clipped to their school year and to the day of asking; the
-- last day counts. A spell that ends before it begins (a no-show) is left out.
SELECT student_id, school_id, school_year, grade, first_day, last_day
FROM (
  SELECT student_id, COALESCE(school_id, '') AS school_id, school_year, grade,
    CASE WHEN entered_on > MAKE_DATE(school_year - 1, 7, 1) THEN entered_on
      ELSE MAKE_DATE(school_year - 1, 7, 1) END AS first_day,
    LEAST(COALESCE(left_on, MAKE_DATE(school_year, 6, 30)),
      MAKE_DATE(school_year, 6, 30), $as_of) AS last_day
  FROM enrollments
) AS clipped
WHERE first_day <= last_day

-- table: grades
-- One grade a student and year: that of the latest spell.
SELECT student_id, school_year, grade
FROM (
  SELECT student_id, school_year, grade, ROW_NUMBER() OVER (
    PARTITION BY student_id, school_year
    ORDER BY first_day DESC, last_day DESC, school_id, grade) AS place
  FROM spells
) AS ordered
WHERE place = 1

-- table: places
-- Each school is two places: itself, and its district. The blank school is only the
-- district.
SELECT school_id, 'school' AS level, school_id AS organization_id
FROM known_schools WHERE school_id <> ''
UNION ALL
SELECT k.school_id, 'district' AS level,
  COALESCE(MAX(s.district_id), $district) AS organization_id
FROM known_schools AS k LEFT JOIN schools AS s ON s.school_id = k.school_id
GROUP BY k.school_id

-- table: enrolled
-- Everybody who was a member for at least one day, once a year and place.
SELECT DISTINCT s.student_id, s.school_year, p.level, p.organization_id
FROM spells AS s JOIN places AS p ON p.school_id = s.school_id
