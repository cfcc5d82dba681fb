"""Migrations of the room plans."""
