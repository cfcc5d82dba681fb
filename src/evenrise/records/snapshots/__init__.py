"""Snapshots: all records as they stood, in Parquet, named by content, never edited."""

from evenrise.records.snapshots.store import Draft, Snapshot, SnapshotStore


__all__ = ["Draft", "Snapshot", "SnapshotStore"]
