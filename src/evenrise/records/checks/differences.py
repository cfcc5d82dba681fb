"""What an import changes: each table by key, against the snapshot before.

Rows are compared in sets. Two hashes stand for a row, one of its key and one of the
rest: keys never repeat, so a clash (one in 10^10 for a large district) could only hide
one change from the count, never from the data. Parts that both snapshots share are the
same without a look, and a table of many millions of rows is compared stretch by
stretch of its first column, so that memory stays bounded.
"""

# ruff: noqa: S608 - names are our own contracts', paths are quoted literals

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenrise.records.checks.bench import Bench
from evenrise.records.checks.published import FACT_KEY
from evenrise.records.contracts import CONTRACTS
from evenrise.records.report import Change, Difference
from evenrise.records.settings import ImportOptions
from evenrise.records.snapshots import Draft, Snapshot
from evenrise.records.snapshots.asking import rows_of_parts
from evenrise.records.snapshots.disk import fingerprint
from evenrise.records.sql import literal, parquet, quoted
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Text


SAMPLE = 20  # changed rows of a table that are shown column by column
AT_ONCE = 16_000_000  # rows of a table compared at once: about 1.5 GB
# What a sample tells only to have changed: never who a student or an adult is.
PERSONAL = frozenset({"given_name", "family_name", "birth_date"})


@dataclass(frozen=True, slots=True)
class _Compared:
    """What tells two rows of a table apart, and what may change of one."""

    table: str
    key: tuple[str, ...]
    rest: tuple[str, ...]
    first: str  # the column that parts are in order of

    @property
    def fingerprints(self) -> str:
        """SQL: `k` for a row's key and `v` for the rest of it."""
        rest = f"hash({_listed(self.rest)})" if self.rest else "0"
        return f"hash({_listed(self.key)}) AS k, {rest} AS v"

    def rows(self, parts: Sequence[Path]) -> str:
        """SQL for the rows of some parts."""
        return rows_of_parts(self.table, parts)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _compared() -> dict[str, _Compared]:
    """All tables that are compared; rows without a key may repeat."""
    found = {}
    for table, contract in CONTRACTS.items():
        rest = tuple(name for name in contract.names if name not in contract.key)
        first = (contract.order or contract.key or rest)[0]
        found[table] = _Compared(table, contract.key, rest, first)
    figures = ("numerator", "denominator", "value", "status")
    found["facts"] = _Compared("facts", FACT_KEY, figures, FACT_KEY[0])
    return found


def differences(
    bench: Bench, draft: Draft, before: Snapshot | None
) -> dict[str, Difference]:
    """For every table: rows new, changed, gone and the same, and a few changes.

    Each file's story is told how many of its rows were new, changed and the same.
    """
    found = {}
    for table, how in _compared().items():
        now = draft.paths(table)
        then = list(before.parts(table)) if before else []
        if not now and not then:
            continue
        content = draft.tables.get(table)
        if content is not None and content.carried:
            found[table] = Difference(same=sum(rows for _, rows in content.parts))
        else:
            found[table] = _compare(bench, how, now, then)
    return found


def _compare(
    bench: Bench, how: _Compared, now: Sequence[Path], then: Sequence[Path]
) -> Difference:
    """One table that this import brings, or that is gone."""
    names = {fingerprint(path): path for path in now} if then else {}
    shared = {path.stem for path in then} & {*names}
    same = [path for stem, path in names.items() if stem in shared]
    fresh = [path for path in now if path not in same]
    old = [path for path in then if path.stem not in shared]
    total = _told(bench, _counted(bench, same, "same"))
    if not fresh or not old:
        new, gone = _counted(bench, fresh, "new"), _counted(bench, old, "gone")
        return total + _told(bench, new) + sum(gone.values(), Difference())
    if not how.key:
        return total + _as_bags(bench, how, fresh, old)
    marks: list[int] = []
    for stretch in _stretches(bench, how, fresh, old):
        counts, some = _joined(bench, how, (fresh, old), stretch)
        total += _told(bench, counts)
        marks = sorted([*marks, *some])[:SAMPLE]
    return replace(total, sample=_sample(bench, how, (fresh, old), marks))


def _told(bench: Bench, counts: Mapping[int | None, Difference]) -> Difference:
    """Add counts to the stories of this import's files; all of them together."""
    stories = bench.ledger.stories
    for file, one in counts.items():
        if file is not None and file < len(stories):
            stories[file].changes = (stories[file].changes or Difference()) + one
    return sum(counts.values(), Difference())


def _counted(
    bench: Bench, paths: Sequence[Path], kind: str
) -> dict[int | None, Difference]:
    """All rows of some parts, by file, as one kind of difference."""
    if not paths:
        return {}
    rows = bench.con.execute(
        f"SELECT _file, count(*) FROM {parquet(paths)} GROUP BY _file"
    ).fetchall()
    return {file: Difference(**{kind: often}) for file, often in rows}


def _as_bags(
    bench: Bench, how: _Compared, now: Sequence[Path], then: Sequence[Path]
) -> Difference:
    """Rows without a key: as many as are alike are the same, the rest new or gone."""
    one = f"SELECT hash({_listed(how.rest)}) AS v, count(*) AS n FROM "
    new, gone, same = bench.con.execute(
        "SELECT sum(greatest(a - b, 0)), sum(greatest(b - a, 0)), sum(least(a, b)) "
        "FROM (SELECT coalesce(x.n, 0) AS a, coalesce(y.n, 0) AS b FROM "
        f"({one}{how.rows(now)} GROUP BY v) AS x FULL JOIN "
        f"({one}{how.rows(then)} GROUP BY v) AS y USING (v))"
    ).fetchall()[0]
    return Difference(new=int(new or 0), gone=int(gone or 0), same=int(same or 0))


def _stretches(
    bench: Bench, how: _Compared, now: Sequence[Path], then: Sequence[Path]
) -> list[str]:
    """SQL conditions that cut both sides into stretches of the first column.

    Parts in order of it are then read once; others once for each stretch.
    """
    rows = max(_rows(bench, now), _rows(bench, then))
    found = bench.con.execute(
        "SELECT DISTINCT stats_min_value FROM parquet_metadata("
        f"[{', '.join(literal(str(path)) for path in now)}]) WHERE path_in_schema = "
        f"{literal(how.first)} AND stats_min_value IS NOT NULL ORDER BY ALL"
    ).fetchall()
    often = min(-(-rows // AT_ONCE), len(found))
    cuts = [found[len(found) * n // often][0] for n in range(1, often)]
    column = quoted(how.first)
    lows = ["true", *(f"{column} >= {literal(cut)}" for cut in cuts)]
    highs = [*(f"{column} < {literal(cut)}" for cut in cuts), "true"]
    return [f"{low} AND {high}" for low, high in zip(lows, highs, strict=True)]


def _rows(bench: Bench, paths: Sequence[Path]) -> int:
    found = bench.con.execute(f"SELECT count(*) FROM {parquet(paths)}").fetchall()
    return int(found[0][0])


def _joined(
    bench: Bench, how: _Compared, sides: tuple[Sequence[Path], ...], stretch: str
) -> tuple[dict[int | None, Difference], list[int]]:
    """Differences by file in one stretch, and the marks of a few changed keys."""
    now, then = (
        f"(SELECT {how.fingerprints}, _file FROM {how.rows(side)} WHERE {stretch})"
        for side in sides
    )
    rows = bench.con.execute(
        "SELECT a._file, count(*) FILTER (b.k IS NULL), "
        "count(*) FILTER (a.v <> b.v), count(*) FILTER (a.k IS NULL), "
        f"count(*) FILTER (a.v = b.v), min(a.k, {SAMPLE}) FILTER (a.v <> b.v) "
        f"FROM {now} AS a FULL JOIN {then} AS b ON a.k = b.k GROUP BY a._file"
    ).fetchall()
    counts = {
        file: Difference(new=new, changed=changed, gone=gone, same=same)
        for file, new, changed, gone, same, _ in rows
    }
    return counts, [mark for row in rows for mark in row[5] or ()]


def _sample(
    bench: Bench,
    how: _Compared,
    sides: tuple[Sequence[Path], ...],
    marks: Sequence[int],
) -> tuple[Change, ...]:
    """What changed in the rows of a few keys, column by column; names are not told."""
    if not marks:
        return ()
    names = (*how.key, *how.rest)
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names)
    wanted = ", ".join(str(mark) for mark in marks)
    width = len(how.key)
    now, then = (
        {
            row[:width]: row[width:]
            for row in bench.con.execute(
                f"SELECT {cells} FROM {how.rows(side)} "
                f"WHERE hash({_listed(how.key)}) IN ({wanted})"
            ).fetchall()
        }
        for side in sides
    )
    return tuple(
        Change(
            key=key,
            column=column,
            before=None if column in PERSONAL else before,
            after=None if column in PERSONAL else after,
            withheld=column in PERSONAL,
        )
        for key in sorted({*now} & {*then}, key=str)
        for column, before, after in zip(how.rest, then[key], now[key], strict=True)
        if before != after
    )


def stop_if_many_leave(
    changes: Mapping[str, Difference], options: ImportOptions, before: Snapshot | None
) -> None:
    """Stop and ask when the import would remove more than its share of students.

    Raises:
        InputProblem: with the numbers, and how to go on if it is meant.
    """
    students = changes.get("students")
    if before is None or students is None or options.allow_removal or options.dry_run:
        return
    was = before.rows("students")
    share = options.settings.thresholds.get("removal_share", options.removal_share)
    if was and students.gone > share * was:
        raise InputProblem(
            Text(
                f"This import would remove {students.gone:,} of {was:,} students "
                f"({students.gone / was:.0%}; more than {share:.0%}). Nothing was "
                "written. If that is meant, import again with --allow-removal.",
                f"Esta importación quitaría a {students.gone:,} de {was:,} estudiantes "
                f"({students.gone / was:.0%}; más del {share:.0%}). No se escribió "
                "nada. Si es lo que se quiere, importe de nuevo con --allow-removal.",
            )
        )
