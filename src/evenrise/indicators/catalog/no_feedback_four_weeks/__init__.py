"""Four weeks without feedback."""
