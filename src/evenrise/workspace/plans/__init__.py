"""Plans: priorities, goals, strategies and steps, from what was found to what was done."""
