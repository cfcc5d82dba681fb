"""Checks: from cells as written to typed rows, or a reason why not; all in sets."""
