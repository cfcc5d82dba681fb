"""Migrations of foundation."""
