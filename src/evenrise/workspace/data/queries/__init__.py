"""What the pages of this room ask: one function a page."""
