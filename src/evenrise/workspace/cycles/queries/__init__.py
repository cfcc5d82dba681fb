"""What the pages of cycles read; one file a subject."""
