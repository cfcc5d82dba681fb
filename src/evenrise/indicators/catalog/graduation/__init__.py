"""Adjusted cohort graduation."""
