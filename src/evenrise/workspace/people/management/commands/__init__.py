"""Commands of `evenrise manage` about persons."""
