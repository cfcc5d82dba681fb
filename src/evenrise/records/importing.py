"""One import: open, recognise, read, check, compare, and only then write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from evenrise import __version__
from evenrise.records.checks.bench import FACTS, KEPT, Bench
from evenrise.records.checks.desk import ImportDesk
from evenrise.records.checks.differences import differences, stop_if_many_leave
from evenrise.records.checks.finishing import finish_tables
from evenrise.records.checks.keeping import keep_rest
from evenrise.records.checks.ledger import Ledger
from evenrise.records.checks.questions import ask
from evenrise.records.contracts import Contract
from evenrise.records.files import Member, Opened, open_paths
from evenrise.records.report import FileStory, ImportReport, Question
from evenrise.records.settings import DistrictSettings, ImportOptions
from evenrise.records.snapshots import Draft, Snapshot, SnapshotStore
from evenrise.records.snapshots.snapshot import MANIFEST_FORMAT
from evenrise.records.snapshots.temporary import folder_aside
from evenrise.records.sources import SOURCES
from evenrise.records.sources.base import Source
from evenrise.records.sources.district_csv import almost
from evenrise.records.sql import literal
from evenrise.vocabulary.errors import ArgumentProblem, InputProblem
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Text


REQUIRED = ("schools", "students", "enrollments")  # without these nothing can be told
_SURE_ENOUGH = 0.5

__all__ = [
    "DistrictSettings",
    "ImportOptions",
    "ImportReport",
    "Question",
    "import_paths",
]


def import_paths(
    paths: Sequence[Path],
    *,
    store: SnapshotStore,
    options: ImportOptions,
    progress: Progress,
) -> ImportReport:
    """Read all records under the paths into one new snapshot of the store.

    Refused rows never stop the rest. The store is untouched until everything is
    checked; `options.dry_run` leaves it untouched altogether.

    Raises:
        ArgumentProblem: a path does not exist, or the options make no sense.
        InputProblem: nothing can be read, a required file is unusable, too many
            students would leave, or another import is writing. Nothing is written.
    """
    with _place(store, options) as draft:
        opened = open_paths([Path(path) for path in paths], draft.scratch(), progress)
        ledger = Ledger(opened.members, opened.closed)
        with _engine(options, draft.scratch()) as con:
            bench = Bench(con, options, ledger, draft.aside, progress)
            _read(bench, opened)
            _stop_if_unusable(bench)
            finish_tables(bench, draft)
            _count_kept(bench)
            before = store.current()
            if options.keep_rest and before is not None:
                keep_rest(bench, draft, before)
            ask(bench, draft)
            changes = differences(bench, draft, before)
            stop_if_many_leave(changes, options, before)
        for place, member in enumerate(opened.members):
            ledger.stories[place].sha256 = opened.sha256_of(member)
        snapshot = None
        if not options.dry_run:
            progress.step("snapshot", 0, 1)
            snapshot = store.write(
                draft, _manifest(bench), make_current=options.make_current
            )
            progress.step("snapshot", 1, 1)
    return ImportReport(
        as_of=options.as_of,
        files=ledger.all(),
        questions=tuple(ledger.questions),
        snapshot=snapshot,
        differences=changes,
        dry_run=options.dry_run,
    )


@contextmanager
def _place(store: SnapshotStore, options: ImportOptions) -> Iterator[Draft]:
    """Where to work: aside in the store, or (a dry run) in a folder that goes away."""
    if not options.dry_run:
        with store.writing() as draft:
            yield draft
        return
    with folder_aside() as folder:
        yield Draft(folder)


@contextmanager
def _engine(
    options: ImportOptions, scratch: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of its own, within the memory it was given."""
    con = duckdb.connect()
    try:
        con.execute(f"SET memory_limit = {literal(options.memory)}")
        con.execute(f"SET temp_directory = {literal(str(scratch / 'spill'))}")
        con.execute("SET enable_progress_bar = false")
        con.execute("SET autoinstall_known_extensions = false")
        con.execute("SET autoload_known_extensions = false")
        if options.threads:
            con.execute(f"SET threads = {int(options.threads)}")
        yield con
    finally:
        con.close()


def _read(bench: Bench, opened: Opened) -> None:
    """Give every member to the source that knows it best, and let it read."""
    mine: dict[str, list[int]] = {}
    sources = _asked(bench.options)
    for place, member in enumerate(opened.members):
        sure = [(source.recognise(member), -n) for n, source in enumerate(sources)]
        best, order = max(sure, default=(0.0, 0))
        story = bench.ledger.stories[place]
        if best < _SURE_ENOUGH:
            near = almost(member)
            story.unknown = near is None
            story.problem = _incomplete(member, *near) if near else _strange(member)
            continue
        card = sources[-order].card
        story.source, story.recognised_as = card.key, card.name
        mine.setdefault(card.key, []).append(place)
    desk = ImportDesk(bench)
    for source in sources:
        members = [opened.members[n] for n in mine.get(source.card.key, ())]
        if members:
            desk.source = source.card.key
            bench.progress.step(f"read {source.card.key}", 0, 1)
            _read_one(source, members, desk)
            bench.progress.step(f"read {source.card.key}", 1, 1)


def _strange(member: Member) -> Text:
    columns = ", ".join(member.header[:8])
    return Text(
        f"{member.name} was not recognised: its columns ({columns}) are those "
        "of no file we know.",
        f"{member.name} no se reconoció: sus columnas ({columns}) no son las "
        "de ningún archivo que conozcamos.",
    )


def _incomplete(member: Member, table: Contract, missing: tuple[str, ...]) -> Text:
    columns = ", ".join(missing)
    return Text(
        f"{member.name}, line 1: this looks like the table {table.name}, but without "
        f"{columns}. Add what is missing and bring the file again.",
        f"{member.name}, línea 1: esto se parece a la tabla {table.name}, pero le "
        f"falta {columns}. Añada lo que falta y traiga el archivo de nuevo.",
    )


def _read_one(source: Source, members: list[Member], desk: ImportDesk) -> None:
    try:
        source.read(members, desk)
    except duckdb.Error as problem:
        names = ", ".join(member.name for member in members[:5])
        told = type(problem).__name__  # what it says may hold a cell
        raise InputProblem(
            Text(
                f"{names} could not be read as {source.card.name.en} ({told}). Nothing "
                "was written.",
                f"No se pudo leer {names} como {source.card.name.es} ({told}). No se "
                "escribió nada.",
            )
        ) from problem


def _asked(options: ImportOptions) -> tuple[Source, ...]:
    """All sources, or the family that `--format` names."""
    if options.format == "auto":
        return SOURCES
    named = tuple(
        source
        for source in SOURCES
        if source.card.key.replace("-", "_").split("_")[0] == options.format
        or source.card.key == options.format
    )
    if not named:
        keys = sorted({source.card.key.split("_")[0] for source in SOURCES})
        raise ArgumentProblem(
            Text(
                f"There is no format {options.format}: use auto, {', '.join(keys)}.",
                f"No existe el formato {options.format}: use auto, {', '.join(keys)}.",
            )
        )
    return named


def _stop_if_unusable(bench: Bench) -> None:
    """Stop when nothing could be read, or a required file is unusable."""
    ledger = bench.ledger
    stories = ledger.all()
    used = [story for story in stories if story.source and not story.problem]
    if not used:
        told = [story.problem for story in stories if story.problem]
        raise InputProblem(_together(told[:20]))
    for story in stories:
        table = _required_table(story)
        if table and not _rows(bench, table):
            why = story.problem or _first_refusal(story)
            raise InputProblem(
                Text(
                    f"{why.en} Without {table} nothing was written.",
                    f"{why.es} Sin {table} no se escribió nada.",
                )
            )


def _together(told: Sequence[Text]) -> Text:
    """The problems of all files, a line each."""
    if not told:
        return Text(
            "No file was found to read.", "No se encontró ningún archivo para leer."
        )
    return Text("\n".join(one.en for one in told), "\n".join(one.es for one in told))


def _required_table(story: FileStory) -> str | None:
    """The required table that a file was meant to bring but did not."""
    for table in REQUIRED:
        if table in story.tables and (story.problem or story.read):
            return table
    inner = story.name.split("!")[-1].split("/")[-1].split(".")[0].casefold()
    return inner if inner in REQUIRED and story.problem else None


def _first_refusal(story: FileStory) -> Text:
    first = story.refusals[0] if story.refusals else None
    en = f" Line {first.line}: {first.column} {first.reason.en}" if first else ""
    es = f" Línea {first.line}: {first.column} {first.reason.es}" if first else ""
    return Text(
        f"{story.name} has no row that can be used.{en}",
        f"{story.name} no tiene ninguna fila que se pueda usar.{es}",
    )


def _rows(bench: Bench, table: str) -> int:
    if table not in bench.collected:
        return 0
    sql = f"SELECT count(*) FROM {KEPT}{table}"  # noqa: S608 - our own name
    gathered = int(bench.con.execute(sql).fetchall()[0][0])
    return gathered + sum(part.rows for part in bench.streamed.get(table, ()))


def _count_kept(bench: Bench) -> None:
    """How many rows of each file stand in the snapshot, and in which tables."""
    places = {table: f"{KEPT}{table}" for table in bench.collected}
    if bench.has_table(FACTS):
        places["facts"] = FACTS
    if not places:
        return
    gathered = " UNION ALL ".join(
        f"SELECT _file, _row, {literal(table)} AS brought FROM {place}"  # noqa: S608 - our own names
        for table, place in places.items()
    )
    counts = bench.con.execute(
        f"SELECT _file, count(DISTINCT _row), list(DISTINCT brought) FROM ({gathered}) "  # noqa: S608 - our own names
        "GROUP BY _file"
    ).fetchall()
    for file, rows, tables in counts:
        story = bench.ledger.stories[file]
        story.kept += rows
        story.tables += sorted({*tables} - {*story.tables})


def _manifest(bench: Bench) -> dict[str, object]:
    """What a manifest tells besides its tables."""
    checks: dict[str, int] = {}
    for question in bench.ledger.questions:
        checks[question.key] = checks.get(question.key, 0) + 1
    return {
        "format": MANIFEST_FORMAT,
        "software": f"evenrise {__version__}",
        "as_of": bench.options.as_of.isoformat(),
        "files": [
            {
                "name": story.name,
                "sha256": story.sha256,
                "bytes": story.bytes,
                "header_line": story.header_line,
                "source": story.source,
                "tables": sorted(story.tables),
                "rows_read": story.read,
                "rows_kept": story.kept,
                "rows_refused": story.refused,
            }
            for story in bench.ledger.stories
        ],
        "checks": checks,
    }


def latest(store: SnapshotStore) -> Snapshot:
    """The store's current snapshot.

    Raises:
        InputProblem: when it has none.
    """
    found = store.current()
    if found is None:
        raise InputProblem(
            Text(
                f"The store {store.root} holds no snapshot yet: import some records "
                "first.",
                f"El almacén {store.root} todavía no tiene ninguna copia fechada: "
                "importe primero algunos registros.",
            )
        )
    return found
