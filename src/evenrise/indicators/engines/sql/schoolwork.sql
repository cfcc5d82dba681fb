-- Work that was set, and where: a number for each school and year that sets work, so
-- that millions of scores are grouped by a number instead of by names.

-- table: homes
SELECT school_id, school_year, ROW_NUMBER() OVER (ORDER BY school_id, school_year) AS home
FROM (SELECT DISTINCT COALESCE(school_id, '') AS school_id, school_year FROM sections)
  AS told

-- table: home_places
-- Each place once a year, numbered; a home counts at its school and at its district.
SELECT h.home, h.school_year, p.level, p.organization_id,
  DENSE_RANK() OVER (ORDER BY h.school_year, p.level, p.organization_id) AS place
FROM homes AS h JOIN places AS p ON p.school_id = h.school_id

-- table: works
SELECT a.assignment_id, a.section_id, a.due_on, h.home
FROM assignments AS a
JOIN sections AS s ON s.section_id = a.section_id
JOIN homes AS h
  ON h.school_id = COALESCE(s.school_id, '') AND h.school_year = s.school_year
