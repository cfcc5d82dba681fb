"""Enrolled in advanced courses."""
