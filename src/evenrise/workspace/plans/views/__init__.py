"""Views of plans; one file a subject."""
