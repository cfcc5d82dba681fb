"""From the rows a desk has gathered to the Parquet parts of a snapshot."""

from __future__ import annotations

from evenrise.records.checks.bench import (
    FACTS,
    KEPT,
    ORGANIZATIONS,
    PARQUET,
    Bench,
    Part,
    parquet_of,
)
from evenrise.records.checks.duplicates import settle_across, settle_duplicates
from evenrise.records.checks.published import FACT_KEY
from evenrise.records.checks.repeated_facts import settle_facts
from evenrise.records.contracts import CONTRACTS
from evenrise.records.snapshots import Draft
from evenrise.records.snapshots.reading import ORGANIZATION_COLUMNS
from evenrise.records.sql import literal, quoted
from evenrise.vocabulary.facts import FACT_COLUMNS


def finish_tables(bench: Bench, draft: Draft) -> None:
    """Settle repeated keys, sort every table and write it, part by part."""
    total = float(len(bench.collected))
    for done, table in enumerate(bench.collected):
        bench.progress.step("write", done, total)
        settle_duplicates(bench, table)
        parts = list(bench.streamed.get(table, ()))
        contract = CONTRACTS[table]
        names = ", ".join(quoted(name) for name in contract.names)
        order = ", ".join(quoted(name) for name in (*contract.order, "_file", "_row"))
        target = draft.part(table, len(parts))
        rows = _write(
            bench,
            f"SELECT {names}, _file, _row FROM {KEPT}{table} ORDER BY {order}",  # noqa: S608 - our own names
            str(target),
            parquet_of(contract),
        )
        # A table that was given but holds nothing still has a part: it says "none".
        if rows or not parts:
            parts.append(Part(target, rows))
        parts = settle_across(bench, contract, parts)
        draft.add(table, bench.collected[table], [(p.path, p.rows) for p in parts])
    bench.progress.step("write", total, total)
    _finish_facts(bench, draft)
    _finish_organizations(bench, draft)


def _write(bench: Bench, sql: str, target: str, how: str = PARQUET) -> int:
    done = bench.con.execute(f"COPY ({sql}) TO {literal(target)} ({how})")
    return int(done.fetchall()[0][0])


def _finish_facts(bench: Bench, draft: Draft) -> None:
    """Published facts, each once, with the name and line they were read from."""
    if not bench.has_table(FACTS):
        return
    settle_facts(bench)
    stories = bench.ledger.stories
    names = " ".join(f"WHEN {n} THEN {literal(s.name)}" for n, s in enumerate(stories))
    lines = " ".join(f"WHEN {n} THEN {s.header_line}" for n, s in enumerate(stories))
    cells = {
        "source_file": f"CASE _file {names} END",
        "source_row": f"_row + CASE _file {lines} END",
    }
    columns = ", ".join(
        f"{cells.get(name, quoted(name))} AS {quoted(name)}" for name in FACT_COLUMNS
    )
    key = ", ".join(quoted(name) for name in FACT_KEY)
    rows = _write(
        bench,
        f"SELECT {columns}, _file, _row FROM {FACTS} "  # noqa: S608 - our own names
        f"ORDER BY {key}",
        str(draft.part("facts", 0)),
    )
    draft.add("facts", list(FACT_COLUMNS), [(draft.part("facts", 0), rows)])


def _finish_organizations(bench: Bench, draft: Draft) -> None:
    """Names of organizations, each once; the first told stands."""
    if not bench.has_table(ORGANIZATIONS):
        return
    rows = _write(
        bench,
        "SELECT level, organization_id, first(name ORDER BY rowid) AS name, "  # noqa: S608 - our own names
        "first(district_id ORDER BY rowid) FILTER (district_id IS NOT NULL) AS "
        f"district_id FROM {ORGANIZATIONS} GROUP BY level, organization_id "
        "ORDER BY level, organization_id",
        str(draft.part("organizations", 0)),
    )
    names = list(ORGANIZATION_COLUMNS)
    draft.add("organizations", names, [(draft.part("organizations", 0), rows)])
