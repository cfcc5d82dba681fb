"""Chronic absence by California's rule."""
