"""A place to learn from in the pages that are shown, for tests.

The small district has none: its schools are too few to compare. Here its own pages are
copied, and one of its findings is told again as a bright spot of one school.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import page_file, standing
from evenrise.workspace.people.models import School


SENTENCE = "At this school, alike students did better in two of three years (n 214)."


@contextmanager
def spot_shown(school: School) -> Iterator[str]:
    """Pages in which the school is a place to learn from; gives the finding's key."""
    now = standing()
    assert now is not None
    name = f"{now.snapshot}-with-a-spot"
    copy = page_file(name)
    shutil.copy(page_file(now.snapshot), copy)
    key = f"bright_spot:chronic_absence:2026:school:{school.pk}"
    with closing(sqlite3.connect(copy)) as store, store:
        _tell(store, school, key)
    told = {
        field: getattr(now, field)
        for field in ("as_of", "district_id", "district_name")
    }
    row = Standing.objects.create(snapshot=name, **told)
    try:
        yield key
    finally:
        row.delete()
        copy.unlink()


def _tell(store: sqlite3.Connection, school: School, key: str) -> None:
    asked = "SELECT line, told, plain FROM finding WHERE kind = 'gap' LIMIT 1"
    line, told, plain = (json.loads(one) for one in store.execute(asked).fetchone())
    line |= {
        "key": key,
        "kind": "bright_spot",
        "organization_id": school.pk,
        "organization_name": school.name,
        "school_year": 2026,
        "headline": ["A school to visit", "Una escuela que visitar"],
        "sentence": [
            SENTENCE,
            "En esta escuela, a estudiantes parecidos les fue mejor.",
        ],
    }
    for one in told.values():
        one["caveats"] = ["Look again on the next year."]
    plain |= {"key": key, "details": {"years": [2024, 2026], "years_known": 3}}
    last = store.execute("SELECT max(place) FROM finding").fetchone()[0]
    row = (last + 1, key, "bright_spot", line["indicator"], school.pk, 0)
    texts = (json.dumps(line), json.dumps(told), json.dumps(plain))
    store.execute("INSERT INTO finding VALUES (?,?,?,?,?,?,?,?,?)", row + texts)
