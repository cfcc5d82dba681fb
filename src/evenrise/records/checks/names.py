"""Names of schools and districts as people can read and print them.

A name goes into pages, documents and slides. Letters that steer a terminal or turn the
direction of a line have no place there, and a name has an end.
"""

from __future__ import annotations


LONGEST = 160  # letters; the longest school names of the country have about 100
NAMES = frozenset({"name", "district_name", "organization_name"})
_STEERING = (
    r"[\x{00}-\x{1F}\x{7F}-\x{9F}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2066}-\x{2069}"
    r"\x{FEFF}]+ ?"
)


def readable(raw: str) -> str:
    """SQL: a name without steering letters, cut where no name is that long."""
    plain = f"trim(regexp_replace({raw}, '{_STEERING}', ' ', 'g'))"
    cut = f"CASE WHEN length({plain}) > {LONGEST} THEN {plain}[:{LONGEST}] || '…'"
    return f"{cut} ELSE nullif({plain}, '') END"
