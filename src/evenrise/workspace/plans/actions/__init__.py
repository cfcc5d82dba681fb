"""Verbs of plans; one file a subject."""
