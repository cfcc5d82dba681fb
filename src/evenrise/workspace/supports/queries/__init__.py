"""What this room's pages show; one file a subject."""
