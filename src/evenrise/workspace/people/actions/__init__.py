"""What people do here: one verb, one function, one transaction, on record."""
