"""Views of cycles; one file a subject."""
