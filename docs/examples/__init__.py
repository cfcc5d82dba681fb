"""The worked examples of the reader's guide, one small module a method."""
