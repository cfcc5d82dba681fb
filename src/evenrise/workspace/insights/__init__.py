"""Insights: the review, alive, on screen."""
