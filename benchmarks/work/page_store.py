"""A page store of a very large district: how long it takes to write and to look up.

python -m benchmarks.work.page_store [SCHOOLS]

Facts are drawn (900 schools, every indicator, 24 groups, two years), protected as they
would be, reviewed, and written; then each look-up of a page is made many times.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pyarrow as pa

from evenrise.findings.review import review_facts
from evenrise.indicators.registry import INDICATORS
from evenrise.indicators.results import SCHEMA
from evenrise.publishing.page_store import drawing
from evenrise.publishing.page_store.prepare import write_pages
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.reviewing.spare_pandas import spare_pandas
from evenrise.records.snapshots import Snapshot
from evenrise.statistics.small_numbers import protect
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 11, 22)
DISTRICT = "9900000"
YEARS = (2025, 2026)
FAMILIES_TOLD = (
    "race_ethnicity",
    "gender",
    "english_learner",
    "disability",
    "low_income",
    "foster",
    "homeless",
)
TIMES, ROUNDS = 20, 10


def main() -> None:
    """Write one store, look up, and print the seconds and milliseconds as JSON."""
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else 900
    spare_pandas()
    print(json.dumps(measured(schools), indent=1))


def measured(schools: int) -> dict[str, Any]:
    """Seconds to write, and milliseconds of each look-up."""
    facts = drawn_facts(schools)
    made = review_facts(
        protect(facts), district_id=DISTRICT, as_of=AS_OF, indicators=INDICATORS
    )
    bare = {"files": [], "tables": {}}
    snapshot = cast(
        "Snapshot",
        SimpleNamespace(id="drawn", manifest=bare, has=_no, all_files=tuple),
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "pages.sqlite"
        begun, busy = time.perf_counter(), time.process_time()
        write_pages(made, snapshot, target, Silent())
        seconds, busy = time.perf_counter() - begun, time.process_time() - busy
        store = PageStore(target)
        told: dict[str, Any] = {
            "seconds": round(seconds, 2),
            "processor seconds": round(busy, 2),
            "facts": facts.num_rows,
            "findings": len(made.review.findings),
            "megabytes": round(target.stat().st_size / 1e6, 1),
        }
        del made, facts
        gc.collect()
        told["milliseconds"] = look_ups(store)
        store.close()
    return told


def _no(_table: str) -> bool:
    return False


def drawn_facts(schools: int) -> pa.Table:
    """Facts of so many schools and their district, by every indicator and group."""
    chance = np.random.default_rng(20261122)
    groups = [("all", "all")] + [
        (family, group.code)
        for family in FAMILIES_TOLD
        for group in FAMILIES[family].groups
    ]
    shares = chance.uniform(0.02, 0.6, len(groups))
    shares[0] = 1.0
    keys = list(INDICATORS)
    codes = [DISTRICT, *(f"{DISTRICT}{number:07d}" for number in range(schools))]
    kinds = ("Elementary", "Elementary", "Elementary", "Middle", "High")
    names = [
        "Drawn Unified",
        *(f"School {n:04d} {kinds[n % 5]}" for n in range(schools)),
    ]
    size = chance.integers(120, 1400, len(codes)).astype(float)
    size[0] = size[1:].sum()
    shape = (len(keys), len(YEARS), len(codes), len(groups))
    key, year, place, group = (axis.ravel() for axis in np.indices(shape))
    n = np.maximum(1, np.round(size[place] * shares[group]))
    rate = chance.beta(2, 8, len(keys))[key]
    x = chance.binomial(n.astype(int), rate).astype(float)
    shown = (n > 10) & (x > 10) & (n - x > 10)
    count = len(n)
    level = np.where(place == 0, "district", "school")
    columns = {
        "indicator": pa.array(keys).take(pa.array(key)),
        "definition_version": pa.array(np.ones(count, np.int16)),
        "authority": pa.repeat("California Department of Education", count),
        "school_year": pa.array(np.array(YEARS, np.int16)[year]),
        "level": pa.array(level),
        "organization_id": pa.array(codes).take(pa.array(place)),
        "organization_name": pa.array(names).take(pa.array(place)),
        "group_family": pa.array([one for one, _ in groups]).take(pa.array(group)),
        "group": pa.array([one for _, one in groups]).take(pa.array(group)),
        "numerator": pa.array(x, mask=~shown),
        "denominator": pa.array(n, mask=~shown),
        "value": pa.array(x / n, mask=~shown),
        "status": pa.array(np.where(shown, "reported", "suppressed")),
        "origin": pa.repeat("published", count),
        "source_file": pa.repeat("drawn.csv", count),
        "source_row": pa.array(np.arange(count)),
        "snapshot": pa.repeat("drawn", count),
        "district_id": pa.repeat(DISTRICT, count),
    }
    return pa.table(columns, schema=SCHEMA)


def look_ups(store: PageStore) -> dict[str, float]:
    """Milliseconds of every look-up that a page makes."""
    schools = store.schools()
    school = schools[len(schools) // 2].organization.organization_id
    key, year, family = "chronic_absence", YEARS[-1], "race_ethnicity"
    info = store.indicators()[0].info
    page = store.indicator_page(key, school)
    if page is None or page.everyone is None:
        raise SystemExit("the store has no page of that school")
    everyone = page.everyone
    series = store.family_series(key, school, family)
    first = store.findings(limit=1)[0].key
    asked: dict[str, Callable[[], Any]] = {
        "indicators": store.indicators,
        "schools": store.schools,
        "school": lambda: store.school(school),
        "like_schools": lambda: store.like_schools(school),
        "indicator_page of the district": lambda: store.indicator_page(key),
        "indicator_page of a school": lambda: store.indicator_page(key, school),
        "by_school, all of them": lambda: store.by_school(key, year),
        "one group of one school": lambda: store.facts(
            key, school_year=year, organization_id=school, family="foster"
        ),
        "series": lambda: store.series(key, school, "low_income", "low_income"),
        "family_series": lambda: store.family_series(key, school, family),
        "findings, the first 50": lambda: store.findings(limit=50),
        "findings of a school": lambda: store.findings(organization_id=school),
        "finding": lambda: store.finding(first),
        "section": lambda: store.section(key),
        "trace": lambda: store.trace(everyone),
        "a trend drawn": lambda: drawing.svg(
            drawing.trend_picture(info, series), "es", ident="a"
        ),
        "dots drawn": lambda: drawing.svg(
            drawing.dots_picture(info, page.groups, everyone), "es", ident="a"
        ),
    }
    return {name: _milliseconds(ask) for name, ask in asked.items()}


def _milliseconds(ask: Callable[[], Any]) -> float:
    """Of the processor, for one look-up: the best mean of several rounds.

    Nothing is waited for (the file is in memory), so on an idle machine this is the
    time that passes; on a busy one the clock would measure the others.
    """
    ask()
    rounds = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        for _ in range(TIMES):
            ask()
        rounds.append((time.thread_time() - begun) / TIMES * 1000)
    return round(min(rounds), 3)


if __name__ == "__main__":
    main()
