"""Forms of cycles; one file a subject."""
