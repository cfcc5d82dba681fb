"""A plan as a file and back: CSV, XLSX and DOCX; no Django, no database, no clock."""
