"""Dropouts of the adjusted cohort."""
