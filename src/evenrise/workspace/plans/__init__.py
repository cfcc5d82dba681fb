"""Plans: priorities, goals, strategies and steps, from finding to result."""
