"""The page store: everything that the pages of one snapshot show, in one file.

`prepare_pages` writes it once; `PageStore` reads it, from as many threads as there are.
"""

from evenrise.publishing.page_store.reading import PageStore


__all__ = ["PageStore"]
