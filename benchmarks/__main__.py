"""`python -m benchmarks`: ratios, measured side by side in one run.

    python -m benchmarks                       a small size, in about a minute
    python -m benchmarks --students 500000     90 million attendance days

Each thing runs in a process of its own, on the same files. Nothing is asserted: a
table is printed, and written to benchmarks/results.md only with --write.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from benchmarks.measuring import ROOT, Measured, WorkFailed, measure, python


RESULTS = Path(__file__).parent / "results.md"
SMMUSD = (
    "ca_smmusd_suspension_2019-24",
    "ca_cde_acgr_2018-19",
    "ca_cde_dropouts_2016-17",
    "ca_caaspp_2022_lookups",
)
SMALL = 6_000
# Up to here a piece of work is cheap enough to run several times.
CHEAP = 20_000


@dataclass
class Table:
    """The rows of the printed table, and notes below it."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, measured: Measured, ratio: str = "") -> None:
        """A row of something measured."""
        print(f"  {what}: {measured.work:.2f} s {ratio}", file=sys.stderr)
        numbers = (measured.work, measured.processor, measured.memory)
        self.rows.append((what, *(f"{number:.2f}" for number in numbers), ratio))

    def failed(self, what: str, problem: str) -> None:
        """A row of something that did not run, and why."""
        print(f"  {what}: did not run: {problem}", file=sys.stderr)
        self.rows.append((what, "-", "-", "-", "did not run"))
        self.notes.append(f"{what}: {problem}")

    def markdown(self) -> str:
        """The table as Markdown."""
        head = ("what", "seconds", "processor seconds", "memory, GB", "ratio")
        rows = [head, tuple("---" for _ in head), *self.rows]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes)])


def main() -> None:
    """Measure and print."""
    args = _arguments()
    table = Table()
    runs = 3 if args.students <= CHEAP else 1
    with _room(args.keep) as room:
        records = room / f"records-{args.students}"
        if not (records / "README.txt").exists():  # written last
            built = measure(python("build", records, args.students))
            table.add(f"an invented district of {args.students:,}", built)
        size = sum(file.stat().st_size for file in records.glob("*.csv")) / 1e9
        table.notes.append(f"the district's files hold {size:.2f} GB")
        _from_csv(table, room, records, runs)
        _against_pandas(table, room, runs)
    _commands(table)
    text = _page(args.students, table)
    print(text)
    if args.write:
        # What benchmarks.planted and benchmarks.protection wrote stays below.
        _, mark, others = RESULTS.read_text(encoding="utf-8").partition("\n## ")
        RESULTS.write_text(f"{text.rstrip()}\n{mark}{others}", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Ratios, measured in one run."
    )
    parser.add_argument("--students", type=int, default=SMALL, metavar="N")
    parser.add_argument(
        "--write", action="store_true", help="write benchmarks/results.md"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="work here, and leave the files"
    )
    return parser.parse_args()


@contextmanager
def _room(keep: Path | None) -> Iterator[Path]:
    """A folder to work in; gone afterwards unless it was asked for."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="evenrise-bench-") as folder:
        yield Path(folder)


def _from_csv(table: Table, room: Path, records: Path, runs: int) -> None:
    """From CSV to facts and findings, against DuckDB that only copies the files."""
    alone = measure(python("duckdb_alone", records, room / "parquet"), runs=runs)
    table.add("DuckDB alone: CSV to Parquet", alone, "1.0")
    store = room / "store"
    shutil.rmtree(store, ignore_errors=True)
    what = "Evenrise: CSV to facts and findings"
    try:
        ours = measure(python("evenrise_all", records, store))
    except WorkFailed as problem:
        table.failed(what, str(problem))
        return
    busy = ours.processor / alone.processor
    table.add(
        what,
        ours,
        f"{ours.work / alone.work:.1f} x DuckDB, processor {busy:.1f} x"
        " (aim: at most 2)",
    )
    told = ours.told
    table.notes.append(f"Evenrise by phase, seconds: {_words(told['phases'])}")
    table.notes.append(f"its import by step: {_words(told['import'])}")
    table.notes.append(f"its facts by step: {_words(told['facts'])}")
    table.notes.append(f"{told['facts_rows']:,} facts, {told['findings']:,} findings")
    table.notes.append(f"DuckDB by file: {_words(alone.told['files'])}")


def _against_pandas(table: Table, room: Path, runs: int) -> None:
    """Three indicators from the same snapshot, against pandas."""
    store, mine, theirs = room / "store", room / "ours.parquet", room / "pandas.parquet"
    try:
        ours = measure(python("indicators", store, mine), runs=runs)
        pandas = measure(python("pandas_way", store, theirs))
        agreed = measure(python("agreement", mine, theirs)).told
    except WorkFailed as problem:
        table.failed("three indicators, against pandas", str(problem))
        return
    table.add("Evenrise: chronic absence, suspension, D and F", ours, "1.0")
    ratio = f"{pandas.work / ours.work:.1f} x Evenrise (aim: at least 20)"
    table.add("pandas: the same, without pairs of groups", pandas, ratio)
    table.notes.append(
        f"pandas spent {pandas.told['reading']} s reading Parquet and"
        f" {pandas.told['computing']} s computing; Evenrise's time holds both"
    )
    table.notes.append(f"{agreed['agree']:,} of {agreed['cells']:,} cells agree")


def _commands(table: Table) -> None:
    """What a person waits for at the command line."""
    evenrise = str(Path(sys.executable).with_name("evenrise"))
    help_page = measure([evenrise, "--help"], runs=5)
    table.add("evenrise --help", help_page, "aim: under 0.3 s")
    data = Path(os.environ.get("EVENRISE_DATA", ROOT.parent / "shared" / "data"))
    if not all((data / folder).is_dir() for folder in SMMUSD):
        table.notes.append("the state's files are not here: no review of them measured")
        return
    with tempfile.TemporaryDirectory(prefix="evenrise-bench-") as out:
        command = [
            evenrise,
            "review",
            *(str(data / folder) for folder in SMMUSD),
            "--district",
            "Santa Monica-Malibu Unified",
            "--out",
            f"{out}/review",
        ]
        what = "evenrise review of Santa Monica-Malibu, warm"
        try:
            table.add(what, measure(command, runs=2), "aim: under 5 s")
        except WorkFailed as problem:
            table.failed(what, str(problem))


def _words(numbers: dict[str, float]) -> str:
    """A dictionary of seconds, longest first."""
    ordered = sorted(numbers.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {value}" for name, value in ordered)


def _page(students: int, table: Table) -> str:
    """The whole page."""
    setting = (
        f"{students:,} students, one school year, attendance for every day."
        f" {os.cpu_count()} cores, Python {platform.python_version()},"
        f" DuckDB {duckdb.__version__}. Seconds are those of the work without starting"
        " Python; medians where a thing ran more than once."
    )
    return f"# Measured\n\n{setting}\n\n{table.markdown()}"


if __name__ == "__main__":
    main()
