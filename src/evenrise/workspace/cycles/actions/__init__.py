"""Verbs of cycles; one file a subject."""
