"""Migrations of the room cycles."""
