-- The groups a student belongs to in a school year, as places in the vocabulary's
-- families (docs/explanation/indicators.md). -1 is: in no group of the family.

-- view: people_$interval
-- 1 for each race the list names; `races` is how many, `other` among them.
SELECT student_id, gender, race_ethnicity, hispanic,
  american_indian, asian, black, filipino, pacific_islander, white,
  american_indian + asian + black + filipino + pacific_islander + white + other
    AS races
FROM (
  SELECT student_id, gender, race_ethnicity,
    CASE WHEN hispanic THEN 1 ELSE 0 END AS hispanic,
    CASE WHEN list LIKE '%;american_indian;%' THEN 1 ELSE 0 END AS american_indian,
    CASE WHEN list LIKE '%;asian;%' THEN 1 ELSE 0 END AS asian,
    CASE WHEN list LIKE '%;black;%' THEN 1 ELSE 0 END AS black,
    CASE WHEN list LIKE '%;filipino;%' THEN 1 ELSE 0 END AS filipino,
    CASE WHEN list LIKE '%;pacific_islander;%' THEN 1 ELSE 0 END AS pacific_islander,
    CASE WHEN list LIKE '%;white;%' THEN 1 ELSE 0 END AS white,
    CASE WHEN list LIKE '%;other;%' THEN 1 ELSE 0 END AS other
  FROM (
    SELECT student_id, gender, race_ethnicity, hispanic,
      ';' || COALESCE(race, '') || ';' AS list
    FROM students
  ) AS listed
) AS flagged

-- table: programs_$interval
-- Programs that overlap the school year (for a cohort: any of its four years).
SELECT y.id,
  MAX(CASE WHEN p.program = 'english_learner' THEN 1 ELSE 0 END) AS english_learner,
  MAX(CASE WHEN p.program = 'disability' THEN 1 ELSE 0 END) AS disability,
  MAX(CASE WHEN p.program = 'low_income' THEN 1 ELSE 0 END) AS low_income,
  MAX(CASE WHEN p.program = 'foster' THEN 1 ELSE 0 END) AS foster,
  MAX(CASE WHEN p.program = 'homeless' THEN 1 ELSE 0 END) AS homeless,
  MAX(CASE WHEN p.program = 'migrant' THEN 1 ELSE 0 END) AS migrant
FROM student_years AS y
JOIN programs AS p ON p.student_id = y.student_id
WHERE COALESCE(p.started_on, MAKE_DATE(y.school_year - $years, 7, 1))
    <= LEAST(MAKE_DATE(y.school_year, 6, 30), $as_of)
  AND COALESCE(p.ended_on, MAKE_DATE(y.school_year, 6, 30))
    >= MAKE_DATE(y.school_year - $years, 7, 1)
  AND COALESCE(p.ended_on, MAKE_DATE(2999, 1, 1))
    >= COALESCE(p.started_on, MAKE_DATE(1900, 1, 1))
GROUP BY y.id

-- table: language_$interval
-- The first start as an English learner, and whether reclassified, by the year's end.
SELECT y.id,
  MIN(CASE WHEN p.program = 'english_learner' THEN p.started_on END) AS first_start,
  MAX(CASE WHEN p.program = 'reclassified' THEN 1 ELSE 0 END) AS reclassified,
  MAX(LEAST(y.school_year * 10000 + 630, $as_of_number)) AS end_number
FROM student_years AS y
JOIN programs AS p ON p.student_id = y.student_id
WHERE p.program IN ('english_learner', 'reclassified')
  AND COALESCE(p.started_on, MAKE_DATE(1900, 1, 1))
    <= LEAST(MAKE_DATE(y.school_year, 6, 30), $as_of)
GROUP BY y.id

-- table: memberships_$interval
SELECT y.id,
  CASE
    WHEN s.hispanic = 1 THEN 4
    WHEN s.races > 1 THEN 7
    WHEN s.american_indian = 1 THEN 0
    WHEN s.asian = 1 THEN 1
    WHEN s.black = 1 THEN 2
    WHEN s.filipino = 1 THEN 3
    WHEN s.pacific_islander = 1 THEN 5
    WHEN s.white = 1 THEN 6
    WHEN s.races = 1 THEN 8
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'american_indian' THEN 0
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'asian' THEN 1
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'black' THEN 2
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'filipino' THEN 3
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'hispanic' THEN 4
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'pacific_islander' THEN 5
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'white' THEN 6
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'two_or_more' THEN 7
    ELSE 8 END AS race_ethnicity,
  CASE
    WHEN s.races + s.hispanic > 0 THEN
      s.american_indian + 2 * s.asian + 4 * s.black + 8 * s.filipino + 16 * s.hispanic
      + 32 * s.pacific_islander + 64 * s.white
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'american_indian' THEN 1
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'asian' THEN 2
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'black' THEN 4
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'filipino' THEN 8
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'hispanic' THEN 16
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'pacific_islander' THEN 32
    WHEN LOWER(TRIM(s.race_ethnicity)) = 'white' THEN 64
    ELSE 0 END AS race_any,
  CASE s.gender WHEN 'F' THEN 0 WHEN 'M' THEN 1 WHEN 'X' THEN 2 ELSE 3 END AS gender,
  1 - COALESCE(p.english_learner, 0) AS english_learner,
  CASE
    WHEN COALESCE(p.english_learner, 0) = 1 AND (
      YEAR(l.first_start) * 10000 + MONTH(l.first_start) * 100 + DAY(l.first_start)
      + 60000 <= l.end_number) THEN 1
    WHEN COALESCE(p.english_learner, 0) = 1 THEN 0
    WHEN l.reclassified = 1 THEN 2
    ELSE 3 END AS language_status,
  1 - COALESCE(p.disability, 0) AS disability,
  1 - COALESCE(p.low_income, 0) AS low_income,
  1 - COALESCE(p.foster, 0) AS foster,
  1 - COALESCE(p.homeless, 0) AS homeless,
  1 - COALESCE(p.migrant, 0) AS migrant,
  CASE WHEN g.grade = 'TK' THEN 0 WHEN g.grade = 'KG' THEN 1
    WHEN g.grade BETWEEN '01' AND '12' THEN CAST(g.grade AS INTEGER) + 1
    ELSE -1 END AS grade
FROM student_years AS y
LEFT JOIN people_$interval AS s ON s.student_id = y.student_id
LEFT JOIN programs_$interval AS p ON p.id = y.id
LEFT JOIN language_$interval AS l ON l.id = y.id
LEFT JOIN grades AS g
  ON g.student_id = y.student_id AND g.school_year = y.school_year
