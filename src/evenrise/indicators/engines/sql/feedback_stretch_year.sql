-- The longest stretch of days without any feedback, while work was due. Days are counted
-- from 1970, and 32 of them are one whole number (see feedback.sql).

-- table: feedback_windows
SELECT ROW_NUMBER() OVER () AS id, student_id, place, first_due, last_due
FROM (
  SELECT o.student_id, p.place, MIN(o.first_due) AS first_due,
    MAX(o.last_due) AS last_due
  FROM (
    SELECT r.student_id, w.home,
      DATE_DIFF('day', DATE '1970-01-01', MIN(w.due_on)) AS first_due,
      DATE_DIFF('day', DATE '1970-01-01', MAX(w.due_on)) AS last_due
    FROM rosters AS r JOIN works AS w ON w.section_id = r.section_id
    WHERE w.due_on <= $as_of
      AND w.due_on >= COALESCE(r.started_on, w.due_on)
      AND w.due_on <= COALESCE(r.ended_on, w.due_on)
    GROUP BY r.student_id, w.home
  ) AS o JOIN home_places AS p ON p.home = o.home
  GROUP BY o.student_id, p.place
) AS windows

-- table: feedback_blocks
-- In each 32 days, the days of the window, and those of them with feedback.
SELECT id, block, inside, BIT_OR(days & inside) AS heard
FROM (
  SELECT w.id, f.block, f.days,
    (CAST(1 AS BIGINT) << (LEAST(w.last_due - CAST(f.block AS BIGINT) * 32, 31) + 1))
      - (CAST(1 AS BIGINT) << GREATEST(w.first_due - CAST(f.block AS BIGINT) * 32, 0))
      AS inside
  FROM feedback AS f
  JOIN home_places AS p ON p.home = f.home
  JOIN feedback_windows AS w ON w.student_id = f.student_id AND w.place = p.place
  WHERE f.block >= w.first_due >> 5 AND f.block <= w.last_due >> 5
) AS cut
GROUP BY id, block, inside
HAVING BIT_OR(days & inside) <> 0

-- view: feedback_smears
-- `below` fills every bit under the last day with feedback; bit d of `quietN` says that
-- N days in a row without feedback begin on day d. Each step doubles the last one.
SELECT id, block, heard, inside & ~heard AS quiet1,
  heard | (heard >> 1) AS below1, quiet1 & (quiet1 >> 1) AS quiet2,
  below1 | (below1 >> 2) AS below2, quiet2 & (quiet2 >> 2) AS quiet4,
  below2 | (below2 >> 4) AS below4, quiet4 & (quiet4 >> 4) AS quiet8,
  below4 | (below4 >> 8) AS below8, quiet8 & (quiet8 >> 8) AS quiet16,
  below8 | (below8 >> 16) AS below
FROM feedback_blocks

-- view: feedback_runs
-- The first and the last day with feedback, and the longest run of days without, which
-- is put together from runs of 16, 8, 4, 2 and 1 that follow each other.
SELECT id, block,
  CAST(block AS BIGINT) * 32 + BIT_COUNT((heard & -heard) - 1) AS first_day,
  CAST(block AS BIGINT) * 32 + BIT_COUNT(below) - 1 AS last_day,
  CASE WHEN quiet16 <> 0 THEN 16 ELSE 0 END AS run16,
  CASE WHEN quiet16 <> 0 THEN quiet16 ELSE -1 END AS from16,
  CASE WHEN from16 & (quiet8 >> run16) <> 0 THEN run16 + 8 ELSE run16 END AS run8,
  CASE WHEN run8 > run16 THEN from16 & (quiet8 >> run16) ELSE from16 END AS from8,
  CASE WHEN from8 & (quiet4 >> run8) <> 0 THEN run8 + 4 ELSE run8 END AS run4,
  CASE WHEN run4 > run8 THEN from8 & (quiet4 >> run8) ELSE from8 END AS from4,
  CASE WHEN from4 & (quiet2 >> run4) <> 0 THEN run4 + 2 ELSE run4 END AS run2,
  CASE WHEN run2 > run4 THEN from4 & (quiet2 >> run4) ELSE from4 END AS from2,
  CASE WHEN from2 & (quiet1 >> run2) <> 0 THEN run2 + 1 ELSE run2 END AS longest_run
FROM feedback_smears

-- table: feedback_stretch_year
SELECT w.student_id, p.school_year, p.level, p.organization_id,
  w.last_due - w.first_due + 1 AS window_days,
  CASE WHEN s.id IS NULL THEN w.last_due - w.first_due + 1
    ELSE GREATEST(s.longest, s.first_day - w.first_due, w.last_due - s.last_day)
    END AS longest_stretch
FROM feedback_windows AS w
JOIN (SELECT DISTINCT place, school_year, level, organization_id FROM home_places) AS p
  ON p.place = w.place
LEFT JOIN (
  SELECT id, MIN(first_day) AS first_day, MAX(last_day) AS last_day,
    MAX(GREATEST(longest_run, first_day - COALESCE(before, first_day) - 1)) AS longest
  FROM (
    SELECT id, first_day, last_day, longest_run,
      LAG(last_day) OVER (PARTITION BY id ORDER BY block) AS before
    FROM feedback_runs
  ) AS neighbors
  GROUP BY id
) AS s ON s.id = w.id
