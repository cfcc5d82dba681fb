"""The manual: written pages, and the pages made from the code."""
