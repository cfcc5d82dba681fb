"""What students of grades 9 to 12 have done on the way to finishing."""
