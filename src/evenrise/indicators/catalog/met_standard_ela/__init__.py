"""Standard met in English language arts."""
