"""Views of learning; one file a subject."""
