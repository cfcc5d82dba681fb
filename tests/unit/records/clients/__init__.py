"""Clients of OneRoster and Ed-Fi, against servers that the tests start."""
