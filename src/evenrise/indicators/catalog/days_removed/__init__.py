"""Days out of class for discipline."""
