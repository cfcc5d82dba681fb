"""One published fact told twice: the first stands, and people hear of the other.

Copies of a file, or two files of the same year, tell the same fact again. Where the
figures agree that is a note; where they do not, somebody has to say which is right.
"""

# ruff: noqa: S608 - names are our own, values are quoted literals

from __future__ import annotations

from evenrise.records.checks.bench import FACTS, Bench
from evenrise.records.checks.published import FACT_KEY
from evenrise.records.report import Question, Severity
from evenrise.records.sql import quoted
from evenrise.vocabulary.text import Text


_ROUNDING = 0.0011  # two prints of one share may round apart by a tenth of a point


def settle_facts(bench: Bench) -> None:
    """Keep each fact once, the first file's; tell or ask about the others."""
    con = bench.con
    key = ", ".join(quoted(name) for name in FACT_KEY)
    found = con.execute(
        f"SELECT 1 FROM {FACTS} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    if not found:
        return
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT *, {_differs()} AS differs FROM (
            SELECT rowid AS id, _file, _row, numerator, denominator, value,
                row_number() OVER told AS place,
                first(_file) OVER told AS first_file,
                first(_row) OVER told AS first_row,
                first(numerator) OVER told AS first_numerator,
                first(denominator) OVER told AS first_denominator,
                first(value) OVER told AS first_value
            FROM {FACTS}
            WINDOW told AS (PARTITION BY {key} ORDER BY _file, _row))
        WHERE place > 1""")
    _note_agreeing(bench)
    _ask_about_differing(bench)
    con.execute(f"DELETE FROM {FACTS} WHERE rowid IN (SELECT id FROM repeated)")
    con.execute("DROP TABLE repeated")


def _differs() -> str:
    """SQL that is true where both tell a figure and the figures are not the same."""
    counts = " OR ".join(
        f"coalesce(abs({name} - first_{name}) > 0.5, FALSE)"
        for name in ("numerator", "denominator")
    )
    return f"({counts} OR coalesce(abs(value - first_value) > {_ROUNDING}, FALSE))"


def _note_agreeing(bench: Bench) -> None:
    stories, members = bench.ledger.stories, bench.ledger.members
    rows = bench.con.execute(
        "SELECT _file, first_file, count(*) FROM repeated WHERE NOT differs "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for file, first, often in rows:
        other = stories[first].name
        bench.ledger.note(
            members[file],
            Text(
                f"{often:,} {'figure' if often == 1 else 'figures'} of this file "
                f"{'stands' if often == 1 else 'stand'} in {other} already and "
                f"{'was' if often == 1 else 'were'} used once.",
                f"{often:,} {'dato' if often == 1 else 'datos'} de este archivo ya "
                f"{'está' if often == 1 else 'están'} en {other}; se "
                f"{'usó' if often == 1 else 'usaron'} una sola vez.",
            ),
        )


def _ask_about_differing(bench: Bench) -> None:
    stories = bench.ledger.stories
    figure = "struct_pack(x := numerator, n := denominator, v := value)"
    first_figure = figure.replace(":= ", ":= first_")
    rows = bench.con.execute(
        "SELECT _file, first_file, count(*), min(_row), arg_min(first_row, _row), "
        f"arg_min({figure}, _row), arg_min({first_figure}, _row) "
        "FROM repeated WHERE differs GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for file, first, often, row, first_row, told, first_told in rows:
        this, other = stories[file], stories[first]
        line, first_line = row + this.header_line, first_row + other.header_line
        bench.ledger.question(
            Question(
                key="published.files_disagree",
                text=Text(
                    f"{this.name} and {other.name} give different figures for the same "
                    f"school or district, group and year ({often:,} in all; the first: "
                    f"{_told(told, 'of')} on line {line}, "
                    f"{_told(first_told, 'of')} on line {first_line} of "
                    f"{other.name}). Those of {other.name} were used. Which are right?",
                    f"{this.name} y {other.name} dan cifras distintas para la misma "
                    f"escuela o distrito, grupo y año ({often:,} en total; la primera: "
                    f"{_told(told, 'de')} en la línea {line}, "
                    f"{_told(first_told, 'de')} en la línea {first_line} de "
                    f"{other.name}). Se usaron las de {other.name}. ¿Cuáles son las "
                    "correctas?",
                ),
                file=this.name,
                where=f"line {line}",
                severity=Severity.WARNING,
            )
        )


def _told(figure: dict[str, float | None], of: str) -> str:
    """`172 of 9,000`, or the share where there are no counts."""
    count, students, share = figure["x"], figure["n"], figure["v"]
    if count is not None and students is not None:
        return f"{count:,.0f} {of} {students:,.0f}"
    if share is not None:
        return f"{100 * share:.1f}%"
    return f"{students:,.0f}" if students is not None else "-"
