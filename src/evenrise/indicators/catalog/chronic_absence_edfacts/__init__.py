"""Chronic absence by the rule of EDFacts."""
