"""Pictures as they were stored: what is drawn must be the same, to the letter.

Write them anew with EVENRISE_WRITE_GOLDEN=1, and look at every one.
"""

from __future__ import annotations

import os
from pathlib import Path


def assert_as_stored(svg: str, stored: Path) -> None:
    """Compare a picture with the stored one, written an element a line."""
    text = svg.replace("><", ">\n<") + "\n"
    if os.environ.get("EVENRISE_WRITE_GOLDEN"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8")
    assert stored.read_text(encoding="utf-8") == text
