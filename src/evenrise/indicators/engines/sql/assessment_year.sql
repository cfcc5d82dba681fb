-- Whether a standard was met, on one and the same test for everybody in a year.

-- table: tests_taken
SELECT student_id, subject, test, taken_on, school_year, met, score
FROM (
  SELECT student_id, taken_on, LOWER(TRIM(assessment)) AS test, scale_score AS score,
    YEAR(taken_on) + CASE WHEN MONTH(taken_on) >= 7 THEN 1 ELSE 0 END AS school_year,
    CASE
      WHEN LOWER(TRIM(subject)) IN ('ela', 'english', 'english language arts',
        'english language arts/literacy', 'ela/literacy') THEN 'ela'
      WHEN LOWER(TRIM(subject)) IN ('math', 'mathematics', 'maths') THEN 'math'
      END AS subject,
    CASE WHEN met_standard THEN 1 WHEN NOT met_standard THEN 0
      WHEN level >= 3 THEN 1 WHEN level < 3 THEN 0 END AS met
  FROM assessments WHERE taken_on <= $as_of
) AS named
WHERE subject IS NOT NULL AND met IS NOT NULL

-- table: test_chosen
-- The state's test where it was given, else the one that most students took.
SELECT school_year, subject, test
FROM (
  SELECT school_year, subject, test, ROW_NUMBER() OVER (
    PARTITION BY school_year, subject
    ORDER BY CASE WHEN test LIKE '%caaspp%' OR test LIKE '%sbac%'
        OR test LIKE '%smarter%' OR test LIKE '%summative%' THEN 0 ELSE 1 END,
      COUNT(DISTINCT student_id) DESC, test) AS place
  FROM tests_taken
  GROUP BY school_year, subject, test
) AS ordered
WHERE place = 1

-- table: test_results
-- The last time a student took it in the year.
SELECT student_id, school_year, subject, taken_on, met, score
FROM (
  SELECT t.student_id, t.school_year, t.subject, t.taken_on, t.met, t.score,
    ROW_NUMBER() OVER (
      PARTITION BY t.student_id, t.school_year, t.subject
      ORDER BY t.taken_on DESC, t.met DESC, t.score DESC) AS place
  FROM tests_taken AS t
  JOIN test_chosen AS c ON c.school_year = t.school_year AND c.subject = t.subject
    AND c.test = t.test
) AS ordered
WHERE place = 1

-- table: test_places
-- At the schools where the student was a member on the day; at the district always.
SELECT DISTINCT t.student_id, t.school_year, t.subject, t.met, t.score,
  p.level, p.organization_id
FROM test_results AS t
JOIN spells AS s ON s.student_id = t.student_id
  AND t.taken_on >= s.first_day AND t.taken_on <= s.last_day
JOIN places AS p ON p.school_id = s.school_id AND p.level = 'school'
UNION ALL
SELECT t.student_id, t.school_year, t.subject, t.met, t.score, 'district' AS level,
  COALESCE(e.organization_id, $district) AS organization_id
FROM test_results AS t
LEFT JOIN enrolled AS e ON e.student_id = t.student_id
  AND e.school_year = t.school_year AND e.level = 'district'

-- table: assessment_year
SELECT student_id, school_year, level, organization_id,
  MAX(CASE WHEN subject = 'ela' THEN met END) AS ela_met,
  MAX(CASE WHEN subject = 'math' THEN met END) AS math_met,
  MAX(CASE WHEN subject = 'ela' THEN score END) AS ela_score,
  MAX(CASE WHEN subject = 'math' THEN score END) AS math_score
FROM test_places
GROUP BY student_id, school_year, level, organization_id
