"""Letters that the document's font cannot show, put as an empty box.

A document that everybody can read aloud (PDF/UA-1) must have a picture of every letter
it holds. A school named in a script the font lacks, or with a small picture in its
name, would stop the whole review; a box in the document does not, and the page and the
tables still carry the name as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable


BOX = "□"
_MISSING = re.compile(r'the text `"(.+)"` could not be displayed', re.DOTALL)
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_FIRST_RARE = 0x2E80  # from here on: scripts of East Asia, small pictures, private use
_MOST = 40  # letters below that, named one at a time


def with_boxes(set_document: Callable[[str], bytes], story: str) -> bytes:
    """The document of a story, with boxes where the font has no letter.

    Args:
        set_document: sets a story (JSON) and gives the document's bytes.
        story: the story as JSON, with its letters as they are.

    Raises:
        RuntimeError: what `set_document` raised, when it was about something else.
    """
    for _ in range(_MOST):
        try:
            return set_document(story)
        except RuntimeError as problem:
            missing = _missing(str(problem))
            if not any(letter in story for letter in missing):
                raise
            story = "".join(
                BOX if letter in missing or ord(letter) >= _FIRST_RARE else letter
                for letter in story
            )
    return set_document(story)


def _missing(problem: str) -> set[str]:
    found = _MISSING.search(problem)
    if found is None:
        return set()
    return set(_CODE.sub(lambda code: chr(int(code[1], 16)), found[1]))
