"""What an import does not bring stays as it was (`ImportOptions.keep_rest`).

A table that any file brings is replaced as a whole; every other table is carried over
from the current snapshot, part by part, with the names of the files it came from.

Published facts are kept file by file: a file that is brought again replaces the facts
that a file of its name told before; the facts of other files stay, but where a brought
file tells the same fact, the newer stands. Names of organizations are kept likewise.
"""

# ruff: noqa: S608 - names are our own, paths are quoted literals

from __future__ import annotations

from evenrise.records.checks.bench import PARQUET, Bench
from evenrise.records.checks.published import FACT_KEY
from evenrise.records.snapshots import Draft, Snapshot
from evenrise.records.sql import literal, parquet, quoted
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.text import Text


def keep_rest(bench: Bench, draft: Draft, before: Snapshot) -> None:
    """Complete a draft with the tables, facts and names of the snapshot before.

    Raises:
        InputProblem: a part to be carried over is missing.
    """
    for table in sorted(before.manifest["tables"]):
        for part in before.parts(table):
            if not part.exists():
                raise InputProblem(
                    Text(
                        f"{table} cannot be carried over: its part {part.name} is "
                        "missing. Bring all files in again, or take the store from a "
                        "backup.",
                        f"No se puede conservar {table}: falta su parte {part.name}. "
                        "Incorpore de nuevo todos los archivos o recupere el almacén "
                        "de una copia de seguridad.",
                    )
                )
        if table not in draft.tables:
            group = draft.group(before.files(table))
            parts = before.counted_parts(table)
            draft.add(table, before.columns(table), parts, [group])
        elif table == "facts":
            _keep_facts(bench, draft, before)
        elif table == "organizations":
            _keep_organizations(bench, draft, before)


def _keep_facts(bench: Bench, draft: Draft, before: Snapshot) -> None:
    """Add a part with the facts of files that are not brought again."""
    new, old = parquet(draft.paths("facts")), parquet(before.parts("facts"))
    key = " AND ".join(
        f"n.{quoted(name)} IS NOT DISTINCT FROM o.{quoted(name)}" for name in FACT_KEY
    )
    brought = ", ".join(literal(story.name) for story in bench.ledger.stories)
    kept = (
        f"SELECT * FROM {old} AS o WHERE o.source_file NOT IN ({brought}) "
        f"AND NOT EXISTS (FROM {new} AS n WHERE {key})"
    )
    found = bench.con.execute(
        f"SELECT DISTINCT _file FROM ({kept}) ORDER BY _file"
    ).fetchall()
    if not found:
        return
    # `_file` counts on behind this import's own files; files nobody needs are left.
    files = [file for (file,) in found]
    own = len(bench.ledger.stories)
    places = " ".join(f"WHEN {file} THEN {own + n}" for n, file in enumerate(files))
    columns = ", ".join(quoted(name) for name in FACT_COLUMNS)
    order = ", ".join(quoted(name) for name in FACT_KEY)
    told = before.files("facts")
    _add(
        bench,
        draft,
        "facts",
        f"SELECT {columns}, CAST(CASE _file {places} END AS INTEGER) AS _file, _row "
        f"FROM ({kept}) ORDER BY {order}",
        draft.group([told[file] for file in files]),
    )


def _keep_organizations(bench: Bench, draft: Draft, before: Snapshot) -> None:
    """Add a part with the names that this import does not tell anew."""
    new = parquet(draft.paths("organizations"))
    old = parquet(before.parts("organizations"))
    _add(
        bench,
        draft,
        "organizations",
        f"SELECT o.* FROM {old} AS o ANTI JOIN {new} AS n "
        "USING (level, organization_id) "
        "ORDER BY level, organization_id",
        None,  # names do not say which file told them
    )


def _add(bench: Bench, draft: Draft, table: str, sql: str, group: int | None) -> None:
    """Write one more part of a table that has its first ones already."""
    content = draft.tables[table]
    target = draft.part(table, len(content.parts))
    done = bench.con.execute(f"COPY ({sql}) TO {literal(str(target))} ({PARQUET})")
    rows = int(done.fetchall()[0][0])
    if rows:
        groups = content.groups if group is None else (*content.groups, group)
        parts = (*content.parts, (target, rows))
        draft.add(table, content.columns, parts, groups)
