"""Early-warning flags: rule sets, and who crossed which line, as known on a day."""
