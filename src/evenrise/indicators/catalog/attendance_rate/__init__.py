"""The share of days attended."""
