"""Clients that fetch records over the network, as files that the sources read."""

from evenrise.records.clients.asking import Patience
from evenrise.records.clients.fetching import fetch


__all__ = ["Patience", "fetch"]
