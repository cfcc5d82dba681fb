"""Data: bringing files in, seeing what changed, and what is current."""
