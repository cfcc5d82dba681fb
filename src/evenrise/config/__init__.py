"""Settings: one table of options."""
