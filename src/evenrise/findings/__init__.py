"""The findings floor: from facts to sentences with evidence and caveats."""
