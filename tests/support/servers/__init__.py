"""Servers of the standards that we fetch from, started by the tests themselves."""
