"""Evenrise: the open-source learning system for school districts."""

__version__ = "0.1.0"
