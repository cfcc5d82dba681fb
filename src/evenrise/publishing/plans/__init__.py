"""A plan for paper and board rooms: report, one page, slides, tables of the state."""
