"""Small numbers: what may be shown without telling on a child (METHODS card 6)."""

from evenrise.statistics.small_numbers.linked import AMOUNTS
from evenrise.statistics.small_numbers.protecting import protect
from evenrise.statistics.small_numbers.rule import DEFAULT_RULE, Rule
from evenrise.statistics.small_numbers.table import (
    PROTECTED_COLUMNS,
    HiddenBecause,
    ProtectedTable,
)


__all__ = [
    "AMOUNTS",
    "DEFAULT_RULE",
    "PROTECTED_COLUMNS",
    "HiddenBecause",
    "ProtectedTable",
    "Rule",
    "protect",
]
