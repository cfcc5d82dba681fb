"""Snapshots: all records as they stood, in Parquet, named by content, never edited."""

from evenrise.records.snapshots.draft import Draft
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.records.snapshots.store import SnapshotStore


__all__ = ["Draft", "Snapshot", "SnapshotStore"]
