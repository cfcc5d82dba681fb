"""A-G completion of graduates."""
