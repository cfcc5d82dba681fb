"""How a cell of each kind becomes a typed value, and what is said when it cannot.

Every function returns SQL over one raw VARCHAR expression (stripped; blank is NULL),
so that ninety million cells are judged in one pass and none in a Python loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenrise.records.checks.names import NAMES, readable
from evenrise.records.contracts import Column, Kind
from evenrise.records.sql import literal, told
from evenrise.vocabulary.grades import GRADES, parse_grade
from evenrise.vocabulary.school_year import EARLIEST, LATEST
from evenrise.vocabulary.text import Text


# ISO is tried first; these are the other ways exports write a day.
US_FORMATS = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")
_PLAIN = "%Y%m%d"
FIRST_DATE, LAST_DATE = "1900-01-01", "2099-12-31"
_YES = ("y", "yes", "true", "t", "1", "si", "sí")
_NO = ("n", "no", "false", "f", "0")
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "gender": {"female": "F", "male": "M", "nonbinary": "X", "non_binary": "X"},
}
_SHOWN = 40  # letters of a cell that a reason repeats


@dataclass(frozen=True, slots=True)
class Cell:
    """SQL for one column: its typed value, and the reason it is refused (or NULL).

    `strange` is whether a code is new to us in a column that may be blank: the cell is
    then left blank and asked about, and the row is kept (a student is not lost for an
    unknown language code). It is None for columns where that cannot be.
    """

    value: str
    reason: str
    bad: str  # BOOLEAN, never NULL
    strange: str | None = None


def cell(column: Column, raw: str, value: str, codes: Mapping[str, str]) -> Cell:
    """The three expressions of one column.

    `raw` and `value` name the raw and the typed cell in the query around; `codes`
    maps the district's spelling (lower case) to the contract's.
    """
    problem = _PROBLEM.get(column.kind, _STRANGE)
    if column.kind in {Kind.CODE, Kind.CODES}:
        known = ", ".join(column.codes)
        problem = Text(f"is not one of {known}.", f"no es ninguno de {known}.")
    wrong = f"({raw} IS NOT NULL AND {value} IS NULL)"
    if column.kind in {Kind.CODE, Kind.CODES} and not column.required:
        return Cell(typed(column, raw, codes), "''", "false", strange=wrong)
    reasons = [f"WHEN {wrong} THEN {told(problem, shown(raw))}"]
    bad = [wrong]
    for condition, reason in limits(column, raw, value):
        reasons.append(f"WHEN {condition} THEN {reason}")
        bad.append(f"coalesce({condition}, false)")
    if column.required:
        bad.insert(0, f"({raw} IS NULL)")
        reasons.insert(0, f"WHEN {raw} IS NULL THEN {told(BLANK)}")
    return Cell(
        typed(column, raw, codes),
        f"CASE {' '.join(reasons)} END",
        f"({' OR '.join(bad)})",
    )


NO_NUMBER = Text("is not a number.", "no es un número.")
_PROBLEM = {
    Kind.DATE: Text(
        "is not a date: write it as 2025-09-01.",
        "no es una fecha: escríbala como 2025-09-01.",
    ),
    Kind.YES_NO: Text("is neither Y nor N.", "no es ni Y ni N."),
    Kind.NUMBER: NO_NUMBER,
    Kind.INTEGER: Text("is not a whole number.", "no es un número entero."),
    Kind.SCHOOL_YEAR: Text(
        "is not a school year: write 2025-26, or its spring, 2026.",
        "no es un año escolar: escriba 2025-26, o su primavera, 2026.",
    ),
    Kind.GRADE: Text(
        "is not a grade: use TK, KG or 01 to 12.",
        "no es un grado: use TK, KG o de 01 a 12.",
    ),
}
_STRANGE = Text("is not what it should be.", "no es lo que debería ser.")
BLANK = Text("is blank, and is required.", "está en blanco y es obligatorio.")


def shown(raw: str) -> str:
    """A cell for a sentence: short, and never something a spreadsheet would run."""
    short = f"CASE WHEN length({raw}) > {_SHOWN} THEN {raw}[:{_SHOWN}] || '…'"
    return f"'‘' || {short} ELSE {raw} END || '’'"


def limits(column: Column, raw: str, value: str) -> list[tuple[str, str]]:
    """What a value that could be read must still satisfy."""
    if column.kind is Kind.DATE:
        outside = f"{value} NOT BETWEEN DATE '{FIRST_DATE}' AND DATE '{LAST_DATE}'"
        year = Text(
            "has a year that cannot be right.", "tiene un año que no puede ser."
        )
        return [(outside, told(year, shown(raw)))]
    found = []
    if column.kind is Kind.NUMBER:
        found.append((f"NOT isfinite({value})", told(NO_NUMBER, shown(raw))))
    if column.low is not None:
        found.append(
            (
                f"{value} < {column.low}",
                told(
                    Text(
                        f"is below {column.low}.",
                        f"es menor que {column.low}.",
                    ),
                    shown(raw),
                ),
            )
        )
    if column.high is not None:
        found.append(
            (
                f"{value} > {column.high}",
                told(
                    Text(
                        f"is above {column.high}.",
                        f"es mayor que {column.high}.",
                    ),
                    shown(raw),
                ),
            )
        )
    return found


def typed(column: Column, raw: str, codes: Mapping[str, str]) -> str:
    """The typed value of a raw cell; NULL where it cannot be read."""
    if column.kind in {Kind.CODE, Kind.CODES}:
        coded = _code if column.kind is Kind.CODE else _codes
        return coded(column, raw, codes)
    if column.kind in {Kind.YES_NO, Kind.GRADE}:
        spelled = _yes_no if column.kind is Kind.YES_NO else _grade
        return spelled(raw, codes)
    plain = {
        Kind.DATE: date,
        Kind.NUMBER: _number,
        Kind.INTEGER: _whole,
        Kind.SCHOOL_YEAR: _school_year,
    }
    if column.kind is Kind.TEXT and column.name in NAMES:
        return readable(raw)
    return plain[column.kind](raw) if column.kind in plain else raw


def date(raw: str) -> str:
    """A DATE from ISO, m/d/yyyy or yyyymmdd, with or without a time of day."""
    iso = f"TRY_CAST({raw} AS DATE)"
    formats = ", ".join(literal(f) for f in (*US_FORMATS, _PLAIN))
    return f"coalesce({iso}, CAST(try_strptime({raw}, [{formats}]) AS DATE))"


# What stands in a streamed part for a cell that could not be read: always outside
# what the column may hold, so that the part's own statistics betray it.
SENTINELS = {
    Kind.DATE: "DATE '0001-01-01'",
    Kind.NUMBER: "CAST('-1e308' AS DOUBLE)",
    Kind.INTEGER: "CAST(-2147483648 AS INTEGER)",
    Kind.SCHOOL_YEAR: "CAST(-32768 AS SMALLINT)",
    Kind.CODE: "chr(1)",
    Kind.CODES: "chr(1)",
    Kind.GRADE: "chr(1)",
}


def quick(column: Column, raw: str, codes: Mapping[str, str]) -> str:
    """The typed value, with the kind's sentinel where a filled cell cannot be read.

    A cell of a required column becomes NULL instead. Y/N has no room for a sentinel:
    there the cell is left NULL, and the caller must test it.
    """
    value = typed(column, raw, codes)
    if column.required or column.kind not in SENTINELS:
        return value
    sentinel = SENTINELS[column.kind]
    return f"CASE WHEN {raw} IS NOT NULL THEN coalesce({value}, {sentinel}) END"


def _yes_no(raw: str, codes: Mapping[str, str]) -> str:
    words = dict.fromkeys(_YES, "true") | dict.fromkeys(_NO, "false")
    for spelled, meant in codes.items():
        words[spelled] = words.get(meant.casefold(), meant)
    return f"TRY_CAST({_lookup(words, f'lower({raw})')} AS BOOLEAN)"


def _number(raw: str) -> str:
    plain = f"TRY_CAST({raw} AS DOUBLE)"
    dressed = f"TRY_CAST(regexp_replace({raw}, '[$, ]', '', 'g') AS DOUBLE)"
    return f"coalesce({plain}, {dressed})"


def _whole(raw: str) -> str:
    number = f"TRY_CAST({raw} AS DOUBLE)"
    whole = f"CASE WHEN {number} = floor({number}) THEN {number} END"
    return f"TRY_CAST({whole} AS INTEGER)"


def _school_year(raw: str) -> str:
    """The spring of `2026`, `2025-26`, `2025-2026`, `2025_2026`, `20252026`, `2526`."""
    halves = r"'^(\d{4})\s*[-_/–]?\s*(\d{2}|\d{4})$'"
    fall = f"TRY_CAST(regexp_extract({raw}, {halves}, 1) AS INTEGER)"
    spring = f"TRY_CAST(regexp_extract({raw}, {halves}, 2) AS INTEGER)"
    year = f"TRY_CAST({raw} AS INTEGER)"
    short = f"({year} // 100 + 1) % 100 = {year} % 100"
    century = f"CASE WHEN {year} // 100 >= 50 THEN 1901 ELSE 2001 END"
    return (
        f"CASE WHEN {year} BETWEEN {EARLIEST} AND {LATEST} "
        f"THEN CAST({year} AS SMALLINT) "
        rf"WHEN regexp_full_match({raw}, '\d{{4}}') AND {short} "
        f"THEN CAST({year} // 100 + {century} AS SMALLINT) "
        f"WHEN {fall} BETWEEN {EARLIEST} AND {LATEST} AND "
        f"({spring} = {fall} + 1 OR {spring} = ({fall} + 1) % 100) "
        f"THEN CAST({fall} + 1 AS SMALLINT) END"
    )


def _grade(raw: str, codes: Mapping[str, str]) -> str:
    words: dict[str, str] = {}
    for grade in GRADES:
        number = grade.lstrip("0")
        ordinal = {"1": "1st", "2": "2nd", "3": "3rd"}.get(number, number + "th")
        for way in (grade, number, ordinal, f"{number}.0", f"grade {number}"):
            words[way.casefold()] = grade
    for way in ("k", "kn", "0k", "0", "00", "kinder", "kindergarten"):
        words[way] = "KG"
    for spelled, meant in codes.items():
        words[spelled] = parse_grade(meant)
    return _lookup(words, f"lower({raw})")


def _code(column: Column, raw: str, codes: Mapping[str, str]) -> str:
    words = _words(column, codes)
    slow = _lookup(words, _plain(raw))
    if set(codes) & set(column.codes):
        return slow  # the district gives one of our own words another meaning
    own = ", ".join(literal(code) for code in column.codes)
    spelled = _lookup(dict(codes), f"lower({raw})") if codes else "NULL"
    return (
        f"CASE WHEN {raw} IS NULL THEN NULL WHEN {raw} IN ({own}) THEN {raw} "
        f"ELSE coalesce({spelled}, {slow}) END"
    )


def _codes(column: Column, raw: str, codes: Mapping[str, str]) -> str:
    """Each part of a list looked up; NULL when one of them is a stranger."""
    words = _words(column, codes)
    parts = f"list_transform(string_split({raw}, ';'), lambda p: trim(p))"
    filled = f"list_filter({parts}, lambda p: p <> '')"
    known = f"list_transform({filled}, lambda p: {_lookup(words, _plain('p'))})"
    whole = f"list_aggregate({known}, 'count') = len({known})"
    many = f"CASE WHEN {whole} THEN array_to_string({known}, ';') END"
    if set(codes) & set(column.codes):
        return many  # the district gives one of our own words another meaning
    own = ", ".join(literal(code) for code in column.codes)
    # Most lists hold one code; taking lists apart costs ten times as much.
    return (
        f"CASE WHEN {raw} IS NULL THEN NULL WHEN {raw} IN ({own}) THEN {raw} "
        f"ELSE {many} END"
    )


def _words(column: Column, codes: Mapping[str, str]) -> dict[str, str]:
    words = {code.casefold(): code for code in column.codes}
    words.update(SYNONYMS.get(column.name, {}))
    for spelled, meant in codes.items():
        words[spelled.replace(" ", "_").replace("-", "_")] = meant
    return words


def _plain(raw: str) -> str:
    return f"replace(replace(lower({raw}), ' ', '_'), '-', '_')"


def _lookup(words: Mapping[str, str], key: str) -> str:
    pairs = " ".join(
        f"WHEN {literal(word)} THEN {literal(meant)}" for word, meant in words.items()
    )
    return f"CASE {key} {pairs} END"
