"""What the pages of this room show: frozen, ready for a template."""
