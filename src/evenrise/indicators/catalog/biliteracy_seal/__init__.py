"""State Seal of Biliteracy, as published."""
