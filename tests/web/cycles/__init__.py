"""Tests of the room cycles."""
