-- Days with an incident in the windows of `windows.sql`, whose steps come first. What
-- somebody did is not read: a row that names the student and the day is enough.

-- table: incident_days
SELECT DISTINCT student_id, date FROM incidents
WHERE date BETWEEN $first AND $as_of

-- table: incident_windows
SELECT t.student_id, t.day,
  CAST(COUNT(CASE WHEN i.date < s.before_from THEN 1 END) AS INTEGER)
    AS incidents_earlier,
  CAST(COUNT(CASE WHEN i.date >= s.before_from AND i.date < t.day THEN 1 END)
    AS INTEGER) AS incidents_before,
  CAST(COUNT(CASE WHEN i.date >= t.day THEN 1 END) AS INTEGER) AS incidents_after
FROM there AS t
JOIN spans AS s ON s.school_id = t.school_id AND s.day = t.day
JOIN incident_days AS i ON i.student_id = t.student_id
  AND i.date BETWEEN COALESCE(s.earlier_from, t.day) AND COALESCE(s.after_to, t.day - 1)
GROUP BY t.student_id, t.day
