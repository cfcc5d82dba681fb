"""Enrollment, as published."""
