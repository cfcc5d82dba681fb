"""Published aggregates of any place: what all of them share, and declared mappings."""
