"""The indicators, one folder each: definition and rules.md."""
