"""Adults learning: what is pure in the room."""
