"""Ninth graders on track to graduate."""
