"""Dropouts of a school year, as published."""
