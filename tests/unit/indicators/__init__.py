"""Tests of the indicators floor."""
