"""Prepares the pages of a snapshot: compute, protect, review, draw, write, once.

store = prepare_pages(
snapshot, target=home / "pages" / f"{snapshot.id}.sqlite", as_of=today,
settings=settings, district=None, report=report,
)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evenrise import __version__
from evenrise.findings.changes import story_of, weigh
from evenrise.findings.desk import Desk, group_label, group_words
from evenrise.findings.like_schools import RULE, alike, schools_of
from evenrise.findings.review import Reviewed
from evenrise.findings.served import (
    Served,
    kinds_of_schools,
    students_of,
    who_is_served,
)
from evenrise.indicators.define import Indicator
from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.page_store import changes
from evenrise.publishing.page_store.fact_rows import FactRows, fact_rows
from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.page_store.stories import dumps
from evenrise.publishing.page_store.story_rows import largest_gap, write_stories
from evenrise.publishing.page_store.tables import FORMAT
from evenrise.publishing.page_store.writing import Pen, pair, written
from evenrise.publishing.reviewing.work import ReviewWork, review_snapshot
from evenrise.records.report import ImportReport
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.vocabulary.groups import FAMILIES, PAIR
from evenrise.vocabulary.progress import Progress, Silent


def prepare_pages(  # noqa: PLR0913 - what a preparation is made of, each by its name
    snapshot: Snapshot,
    *,
    target: Path,
    as_of: dt.date,
    settings: DistrictSettings | None = None,
    district: str | None = None,
    report: ImportReport | None = None,
    earlier: pa.Table | None = None,
    progress: Progress | None = None,
) -> PageStore:
    """Make the page store of a snapshot, whole or not at all.

    Args:
        snapshot: the records and the published facts.
        target: the file to write; one that is there is replaced in one step, and
            whoever reads it goes on reading the old one.
        as_of: the day that the pages speak of.
        settings: the district's own.
        district: its name or code; None when the files speak of one alone.
        report: the import's story: its questions are told and set aside.
        earlier: what was published before (`Ledger.published()`): it stays as it was.
        progress: hears how far the work is.

    Raises:
        ArgumentProblem: when the district cannot be told, or the folder not written.
        InputProblem: when the snapshot is damaged.
    """
    progress = progress or Silent()
    work = ReviewWork(
        snapshot=snapshot,
        as_of=as_of,
        settings=settings or DistrictSettings(),
        district=district,
        report=report,
        earlier=earlier,
    )
    made = review_snapshot(work, progress)
    write_pages(made, snapshot, target, progress)
    return PageStore(target)


def write_pages(
    made: Reviewed, snapshot: Snapshot, target: Path, progress: Progress
) -> None:
    """Write the pages of a review that is made already."""
    rows = fact_rows(made.desk, made.gaps)
    progress.step("pages", 0, 1)
    with written(target) as pen:
        _write_words(pen, made, rows, snapshot)
        pen.fill("fact", rows.each(), 25)
        _write_changes(pen, made, rows)
        write_stories(pen, made.review, progress)
        pen.meta(**_about(made, rows, snapshot))
    progress.step("pages", 1, 1)


def _about(made: Reviewed, rows: FactRows, snapshot: Snapshot) -> dict[str, Any]:
    district = made.review.district
    return {
        "format": FORMAT,
        "software": f"evenrise {__version__}",
        "snapshot": snapshot.id,
        "as_of": made.review.as_of.isoformat(),
        "district": [district.organization_id, district.name, district.district_id],
        "years": list(made.review.years),
        "smallest_shown": made.review.facts.rule.smallest_shown,
        "facts": len(rows),
        "files": _files(snapshot),
    }


def _files(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The snapshot's files, and to which of its tables each brought rows.

    A table that was carried over numbers the files of the import that brought it.
    """
    brought: dict[tuple[str, str], set[str]] = {}
    for table in snapshot.manifest["tables"]:
        own = snapshot.files(table)
        for part in snapshot.parts(table):
            for number in files_in(part):
                one = own[number]
                brought.setdefault((one["name"], one["sha256"]), set()).add(table)
    return [
        {
            "name": one["name"],
            "sha256": one["sha256"],
            "rows": one["rows_kept"],
            "tables": sorted(brought.get((one["name"], one["sha256"]), ())),
        }
        for one in snapshot.all_files()
    ]


def files_in(part: Path) -> set[int]:
    """The numbers of the files whose rows stand in a part.

    Told by the part's own statistics where these leave no doubt: attendance has
    millions of rows, of one file or two.
    """
    with pq.ParquetFile(part) as file:
        names = file.schema_arrow.names
        if "_file" not in names:
            return set()
        column = names.index("_file")
        found: set[int] = set()
        for group in range(file.metadata.num_row_groups):
            told = file.metadata.row_group(group).column(column).statistics
            if told is not None and told.has_min_max and told.max - told.min <= 1:
                found |= {told.min, told.max}
                continue
            rows = file.read_row_group(group, columns=["_file"])
            found.update(rows.column(0).unique().to_pylist())
    return found - {None}


def _write_words(pen: Pen, made: Reviewed, rows: FactRows, snapshot: Snapshot) -> None:
    desk = made.desk
    served = who_is_served(desk, made.gaps.latest)
    kinds = kinds_of_schools(desk, _own_kinds(snapshot))
    students = students_of(desk, served) if served else {}
    numbers = {}
    told = []
    for number, row in enumerate(rows.places, 1):
        one = desk.organization(row)
        key = (str(one.level), one.organization_id)
        numbers[key] = number
        kind = kinds.get(one.organization_id) if one.level == "school" else None
        told.append((number, *key, one.name, one.district_id, kind, students.get(key)))
    pen.fill("organization", told, 7)
    pen.fill("member", _members(rows), 6)
    pen.fill("door", ((at, *one) for at, one in enumerate(rows.doors, 1)), 4)
    pen.fill("file", enumerate(rows.files, 1), 2)
    pen.fill("indicator", _indicators(made, rows), 7)
    counted = None
    if served is not None:
        counted = [served.indicator, served.year]
        pen.fill("share", _shares(desk, served, rows, numbers), 4)
        schools = schools_of(desk, served, kinds, students)
        pen.fill("alike", _alike(alike(schools), numbers), 4)
    pen.meta(counted_in=counted, like_rule=pair(RULE))


def _own_kinds(snapshot: Snapshot) -> dict[str, str]:
    """What the district's own list of schools says."""
    found: dict[str, str] = {}
    if not snapshot.has("schools"):
        return found
    for part in snapshot.parts("schools"):
        table = pq.ParquetFile(part).read(columns=["school_id", "level"])
        found.update(
            (str(code), str(kind))
            for code, kind in zip(*table.to_pydict().values(), strict=True)
            if code and kind
        )
    return found


def _members(rows: FactRows) -> Iterator[tuple[Any, ...]]:
    for number, (family, group) in enumerate(rows.members, 1):
        label, words = group_label(family, group), group_words(family, group)
        pairs = (dumps(pair(label)), dumps(pair(words)))
        yield number, family, group, *pairs, int(PAIR in family)


def _indicators(made: Reviewed, rows: FactRows) -> Iterator[tuple[Any, ...]]:
    desk, latest = made.desk, made.gaps.latest
    sections = {one.indicator: one for one in made.review.sections}
    for number, key in enumerate(rows.indicators, 1):
        section = sections.get(key)
        year = desk.facts.year[desk.facts.rows(indicator=key)]
        years = sorted({int(one) for one in year})
        yield (
            number,
            key,
            dumps(_info(INDICATORS[key])),
            latest.get(key, years[-1]),
            dumps(years),
            largest_gap(section) if section else None,
            dumps(pair(section.answer)) if section else None,
        )


def _info(one: Indicator) -> dict[str, Any]:
    tables = {need.partition(".")[0] for need in one.all_needs}
    return {
        "key": one.key,
        "title": pair(one.title),
        "question": pair(one.question),
        "definition": pair(one.definition),
        "authority": one.authority,
        "source": one.source,
        "version": one.version,
        "unit": one.unit,
        "good": one.good,
        "counts_students": one.counts_students,
        "computed": one.computed,
        "tables": sorted(tables),
    }


def _shares(
    desk: Desk,
    served: Served,
    rows: FactRows,
    numbers: Mapping[tuple[str, str], int],
) -> Iterator[tuple[Any, ...]]:
    facts = desk.facts
    member = {names: number for number, names in enumerate(rows.members, 1)}
    complements = {family.complement for family in FAMILIES.values()}
    words = {name: facts.words[name].names for name in facts.words}
    columns = (served.level, served.organization, served.family, served.group)
    for level, place, family, group, n, share in zip(
        *(column.tolist() for column in columns),
        served.n.tolist(),
        served.share.tolist(),
        strict=True,
    ):
        names = words["group_family"][family], words["group"][group]
        key = words["level"][level], words["organization_id"][place]
        if names[1] in complements:
            continue
        known = n == n  # noqa: PLR0124 - nan is not itself
        yield numbers[key], member[names], int(n) if known else None, share


def _alike(
    found: Mapping[str, Any], numbers: Mapping[tuple[str, str], int]
) -> Iterator[tuple[Any, ...]]:
    for code, near in found.items():
        for place, one in enumerate(near):
            told = {
                "distance": one.distance,
                "closeness": pair(one.closeness),
                "in_common": [pair(text) for text in one.in_common],
                "differs": [pair(text) for text in one.differs],
            }
            other = numbers["school", one.code]
            yield numbers["school", code], place, other, dumps(told)


def _write_changes(pen: Pen, made: Reviewed, rows: FactRows) -> None:
    """The district's readings: every group, the whole span and each step of it."""
    desk, gaps = made.desk, made.gaps
    indicator = {key: number for number, key in enumerate(rows.indicators, 1)}
    member = {names: number for number, names in enumerate(rows.members, 1)}

    def each() -> Iterator[tuple[Any, ...]]:
        for one in weigh(desk, gaps):
            row = int(gaps.comparisons.row[one.step.after])
            story = story_of(desk, gaps, one)
            told = changes.told(one.step.change, one.certainty, story)
            yield (
                None,
                indicator[desk.facts.word("indicator", row)],
                member[desk.family_and_group(row)],
                *story.years,
                int(one.step.whole),
                dumps(told),
            )

    pen.fill("change", each(), 7)
