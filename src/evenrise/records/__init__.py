"""The records floor: contracts, sources, checks and snapshots."""
