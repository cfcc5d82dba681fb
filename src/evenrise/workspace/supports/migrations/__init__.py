"""Migrations of supports."""
