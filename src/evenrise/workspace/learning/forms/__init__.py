"""Forms of learning; one file a subject."""
