"""What the pages of plans read; one file a subject."""
