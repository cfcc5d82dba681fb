"""What an import changes: each table by key, against the snapshot before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evenrise.records.checks.bench import Bench
from evenrise.records.checks.cells import literal, quoted
from evenrise.records.contracts import CONTRACTS, Contract
from evenrise.records.report import Difference
from evenrise.records.settings import ImportOptions
from evenrise.records.snapshots import Draft, Snapshot
from evenrise.vocabulary.errors import InputProblem


def differences(
    bench: Bench, draft: Draft, before: Snapshot | None
) -> dict[str, Difference]:
    """For every keyed table: rows new, changed, gone and the same."""
    found = {}
    for table, contract in CONTRACTS.items():
        if not contract.key:
            continue
        now = draft.paths(table)
        then = list(before.parts(table)) if before else []
        if now or then:
            found[table] = _compare(bench, contract, now, then)
    return found


def files(paths: Sequence[Path]) -> str:
    """A `read_parquet` call over some parts."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"


def _compare(
    bench: Bench, contract: Contract, now: Sequence[Path], then: Sequence[Path]
) -> Difference:
    con = bench.con
    if not then:
        rows = con.execute(f"SELECT count(*) FROM {files(now)}").fetchall()[0][0]  # noqa: S608 - our own files
        return Difference(new=rows)
    if not now:
        rows = con.execute(f"SELECT count(*) FROM {files(then)}").fetchall()[0][0]  # noqa: S608 - our own files
        return Difference(gone=rows)
    key = ", ".join(quoted(name) for name in contract.key)
    rest = ", ".join(
        quoted(name) for name in contract.names if name not in contract.key
    )
    told = f"hash({rest})" if rest else "0"
    # Two hashes stand for a row: keys never repeat, so a clash (one in 10^10 for a
    # large district) could only hide one change from the count, never from the data.
    one = f"SELECT hash({key}) AS k, {told} AS v FROM "  # noqa: S608 - our own names
    new, changed, gone, same = con.execute(
        "SELECT count(*) FILTER (b.k IS NULL), "  # noqa: S608 - our own names
        "count(*) FILTER (a.k IS NOT NULL AND b.k IS NOT NULL AND a.v <> b.v), "
        "count(*) FILTER (a.k IS NULL), count(*) FILTER (a.v = b.v) "
        f"FROM ({one}{files(now)}) AS a FULL JOIN ({one}{files(then)}) AS b "
        "ON a.k = b.k"
    ).fetchall()[0]
    return Difference(new=new, changed=changed, gone=gone, same=same)


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
            f"This import would remove {students.gone:,} of {was:,} students "
            f"({students.gone / was:.0%}; more than {share:.0%}). Nothing was written. "
            "If that is meant, import again with --allow-removal."
        )
