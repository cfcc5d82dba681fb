"""District CSV, version 1: the product's own record contract (SPECS section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.records.contracts import CONTRACTS, Contract
from evenrise.records.files import Member, fold
from evenrise.records.sources.base import CERTAIN, LIKELY, NOT_MINE, Desk, SourceCard
from evenrise.vocabulary.text import Text


# Published facts have a source of their own.
_TABLES = tuple(name for name in CONTRACTS if name != "published_facts")
_ALMOST, _ALMOST_COLUMNS = 0.6, 3  # share and number of columns that a table knows
_NAMED_LIKE_IT = 0.15  # what a file's name adds between tables that look alike


class DistrictCsv:
    """A folder or zip of CSV files, one a table, recognised by their headers."""

    card = SourceCard(
        key="csv",
        name=Text("District CSV", "CSV del distrito"),
        what=Text(
            "Student records in Evenrise's own tables, one CSV file a table.",
            "Registros de estudiantes en las tablas de Evenrise, un archivo CSV "
            "por tabla.",
        ),
        how_often=Text(
            "As often as the district exports; every night is usual.",
            "Cada vez que el distrito exporta; lo usual es cada noche.",
        ),
        merge_rule=Text(
            "An import is the whole: what a file no longer holds is gone from the "
            "next snapshot.",
            "Cada importación es completa: lo que un archivo ya no contiene "
            "desaparece de la siguiente copia.",
        ),
        tables=_TABLES,
    )

    def recognise(self, member: Member) -> float:
        """Certain when a table's required columns all stand in the header."""
        found = table_of(member)
        if found is None:
            return NOT_MINE
        missing = [name for name in found.required if fold(name) not in member.folded]
        return LIKELY if missing else CERTAIN - 0.1

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Match columns to the contract and lay the rows on the desk."""
        # References are checked at the end: the order of files does not matter, but
        # people expect to meet schools and students first.
        places = {name: place for place, name in enumerate(_TABLES)}
        known = [(table_of(member), member) for member in members]
        pairs = [(table, member) for table, member in known if table is not None]
        for table, member in sorted(pairs, key=lambda pair: places[pair[0].name]):
            columns = {
                name: fold(name) for name in table.names if fold(name) in member.folded
            }
            written = desk.columns(member)
            desk.matched(member, {written[f]: name for name, f in columns.items()})
            desk.keep_member(table.name, member, columns)


def table_of(member: Member) -> Contract | None:
    """The contract a header fits best; None when it fits none.

    The score is the share of the table's required columns that are there, with the
    share of the file's columns that the table knows to part tables that look alike;
    the name of the file counts a little, never alone.
    """
    folded = set(member.folded)
    best: tuple[float, Contract] | None = None
    for name in _TABLES:
        contract = CONTRACTS[name]
        needed = {fold(column) for column in contract.required}
        known = {fold(column) for column in contract.names}
        have = len(needed & folded) / len(needed)
        named = member.stem == name
        if have < (0.5 if named else 1.0) or not needed & folded:
            continue
        fit = len(known & folded) / len(folded) + len(known & folded) / len(known)
        score = have + fit / 2 + (_NAMED_LIKE_IT if named else 0)
        if best is None or score > best[0]:
            best = (score, contract)
    return best[1] if best else None


def almost(member: Member) -> tuple[Contract, tuple[str, ...]] | None:
    """The table a file nobody recognised was probably meant for, and what it misses.

    Most of the file's columns, and at least three, are known to that table, but not
    all that it requires are there; None when no table comes so near.
    """
    folded = set(member.folded)
    best: tuple[float, Contract] | None = None
    for name in _TABLES:
        contract = CONTRACTS[name]
        known = len({fold(column) for column in contract.names} & folded)
        if known < _ALMOST_COLUMNS or known < _ALMOST * len(folded):
            continue
        score = known / len(folded) + (_NAMED_LIKE_IT if member.stem == name else 0)
        if best is None or score > best[0]:
            best = (score, contract)
    needed = best[1].required if best else ()
    missing = tuple(name for name in needed if fold(name) not in folded)
    return (best[1], missing) if best and missing else None
