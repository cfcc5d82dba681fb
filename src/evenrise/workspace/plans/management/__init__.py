"""Commands of `evenrise manage` about plans."""
