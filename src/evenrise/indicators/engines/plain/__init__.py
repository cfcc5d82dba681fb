"""The reference engine's reading of the records: slow, plain, row by row."""
