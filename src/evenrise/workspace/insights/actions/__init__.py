"""The verbs of this room: each checks, changes, audits and returns, all or nothing."""
