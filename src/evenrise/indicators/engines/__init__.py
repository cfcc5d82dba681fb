"""Engines: the same facts, cell by cell, from DuckDB and from slow plain Python."""
