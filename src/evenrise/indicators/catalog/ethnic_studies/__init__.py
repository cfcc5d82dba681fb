"""Ethnic studies before graduation."""
