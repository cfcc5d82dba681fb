-- Who is enrolled on the day, and where: rows that begin later are not known yet.

-- table: enrolled
-- Of several stays the latest one counts; a stay that ends later is still going on.
SELECT student_id,
  ARG_MAX(school_id, (entered_on, school_id)) AS school_id,
  ARG_MAX(grade, (entered_on, school_id)) AS grade
FROM enrollments
WHERE school_year = $year AND entered_on <= $as_of
  AND COALESCE(left_on, $as_of) >= $as_of
GROUP BY student_id
