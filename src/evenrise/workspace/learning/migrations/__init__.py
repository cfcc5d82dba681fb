"""Migrations of the room learning."""
