"""The review as a page: one self-contained file a language."""
