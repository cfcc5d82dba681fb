"""Opening anything a district has: csv, tsv, zip, gz, xlsx, xls, in any encoding."""

from evenrise.records.files.member import Chunk, Member, fold, fold_all
from evenrise.records.files.opening import Closed, Opened, open_paths


__all__ = ["Chunk", "Closed", "Member", "Opened", "fold", "fold_all", "open_paths"]
