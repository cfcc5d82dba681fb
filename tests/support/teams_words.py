"""What teams wrote in the one language they write in: read from a served district.

On a page in the other language these words stand as they were written; a test that
looks for words left behind must know them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path


OWN_WORDS = {
    "cycles_cycle": "notice wonder aim change where who how_small prediction result "
    "side_effects learned reason",
    "cycles_voice": "said",
    "cycles_cause": "text evidence",
    "cycles_driver": "text",
    "cycles_cyclemeasure": "name unit",
    "cycles_weekcount": "left_out",
    "cycles_phase": "reason",
    "cycles_meeting": "question",
    "cycles_meetingnote": "text",
    "cycles_spotvisit": "answers hypothesis",
    "cycles_practicetried": "note",
    "learning_learningteam": "name goal evidence",
    "learning_teammeeting": "place agenda product next_step",
    "learning_coaching": "goal",
    "learning_coachingnote": "text",
    "learning_learningwalk": "question thanks",
    "learning_walknote": "seen wondered",
    "learning_placement": "evidence",
    "learning_partner": "name",
    "learning_partnerhours": "what",
    "learning_session": "place led_by",
    "learning_component": "name_en",
}


def written_by_teams(database: Path) -> set[str]:
    """Every such text, and each of its lines.

    Args:
        database: of the workspace; an empty set where there is none.
    """
    if not database.exists():
        return set()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as line:
        texts = set(_texts(line))
    return {part.strip() for text in texts for part in (text, *text.splitlines())}


def _texts(line: sqlite3.Connection) -> Iterator[str]:
    for table, names in OWN_WORDS.items():
        columns = ", ".join(f'"{name}"' for name in names.split())
        for row in line.execute(f"SELECT {columns} FROM {table}"):  # noqa: S608 - ours
            for value in filter(None, row):
                yield from json.loads(value).values() if value[0] == "{" else [value]
