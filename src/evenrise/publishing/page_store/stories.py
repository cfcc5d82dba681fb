"""Stories of findings and sections as JSON, and back: what the review's page prints."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from evenrise.publishing.story import Cell, FindingStory, SectionStory, Table


def finding_json(story: FindingStory) -> dict[str, Any]:
    """A finding's story without its picture, which is drawn already."""
    return asdict(replace(story, picture=None))


def finding_story(told: Any) -> FindingStory:
    """A finding's story from what `finding_json` gave."""
    parts = dict(told)
    parts["table"] = _table(parts["table"])
    parts["caveats"] = tuple(parts["caveats"])
    return FindingStory(**parts)


def section_json(story: SectionStory) -> dict[str, Any]:
    """A section's story without picture and findings, which stand by themselves."""
    return asdict(replace(story, picture=None, findings=(), further=(), in_main=()))


def section_story(told: Any) -> SectionStory:
    """A section's story from what `section_json` gave."""
    parts = dict(told)
    for name in ("table", "context"):
        parts[name] = _table(parts[name])
    for name in ("caveats", "findings", "further", "in_main"):
        parts[name] = tuple(parts[name])
    return SectionStory(**parts)


def _table(told: Any) -> Table | None:
    if told is None:
        return None
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in told["rows"])
    return Table(told["caption"], tuple(told["heads"]), rows, told["source"])


def dumps(told: Any) -> str:
    """JSON as small as it can be; NaN is refused."""
    return json.dumps(
        told, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str
    )
