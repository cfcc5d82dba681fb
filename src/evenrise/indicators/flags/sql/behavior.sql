-- Incidents of this school year by kind, never what was written about them.

-- table: incident_parts
-- One student's part in one incident, whatever number of actions it had: 3 expulsion,
-- 2 suspension out of school, 1 serious by the district's own list, 0 minor.
SELECT student_id, incident_id, MAX(date) AS date,
  MAX(CASE WHEN action = 'expulsion' THEN 3
    WHEN action = 'out_of_school_suspension' THEN 2
    WHEN $serious THEN 1 ELSE 0 END) AS rank,
  MAX(CASE WHEN $state_offense THEN 1 ELSE 0 END) AS state_offense,
  SUM(CASE WHEN action = 'out_of_school_suspension'
    THEN COALESCE(days_removed, 1.0) ELSE 0.0 END) AS days
FROM incidents
WHERE date BETWEEN $first AND $last
GROUP BY student_id, incident_id

-- table: incident_kinds
SELECT student_id, rank, COUNT(*) AS incidents, MAX(date) AS latest,
  SUM(days) AS days, SUM(state_offense) AS state_offenses
FROM incident_parts
GROUP BY student_id, rank

-- table: behavior_of
SELECT student_id, SUM(incidents) AS incidents,
  SUM(CASE WHEN rank = 0 THEN incidents ELSE 0 END) AS minor,
  SUM(CASE WHEN rank > 0 THEN incidents ELSE 0 END) AS serious,
  SUM(days) AS suspension_days, SUM(state_offenses) AS state_offenses,
  '{"kinds": [' || ARRAY_TO_STRING(LIST(
    '{"kind": "' || CASE rank WHEN 3 THEN 'expulsion' WHEN 2 THEN 'suspension'
      WHEN 1 THEN 'serious' ELSE 'minor' END
    || '", "count": ' || CAST(incidents AS VARCHAR)
    || ', "last": "' || CAST(latest AS VARCHAR) || '"}' ORDER BY rank DESC), ', ')
  || '], "days": ' || CAST(SUM(days) AS VARCHAR) || '}' AS behavior_detail
FROM incident_kinds
GROUP BY student_id
