"""Students suspended at least once."""
