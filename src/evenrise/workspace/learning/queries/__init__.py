"""What the pages of learning read; one file a subject."""
