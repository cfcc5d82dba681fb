"""Verbs of learning; one file a subject."""
