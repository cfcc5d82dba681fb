"""Tests of the room of plans below its database."""
