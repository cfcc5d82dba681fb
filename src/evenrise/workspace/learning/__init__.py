"""Adults learning: standards, maps of practice, teams, coaching, the catalogue."""
