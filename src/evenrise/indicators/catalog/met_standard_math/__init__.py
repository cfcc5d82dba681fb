"""Standard met in mathematics."""
