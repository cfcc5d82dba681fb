"""What the pages of people ask: sets of students, persons, caseloads, looks."""
