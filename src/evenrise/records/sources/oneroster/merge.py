"""Files of one kind brought together: whole files, changes on top, deletions taken out.

A manifest says of each file whether it is `bulk` (everything) or `delta` (changes since
the last time). A changed row replaces the whole file's row of the same sourcedId; a row
marked `tobedeleted` takes it away. Two rows of one file with one sourcedId are both
kept here: which is refused is the desk's to say.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.report import Question, Severity
from evenrise.records.sources.base import Desk
from evenrise.records.sources.oneroster.kinds import BY_NAME, READ, FileKind, kind_of
from evenrise.records.sql import literal, quoted
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Roster:
    """One set of files on the desk; `tables` names the merged table of each kind.

    Every kind of READ has a table; `given` holds those that had a file.
    """

    desk: Desk
    tables: Mapping[str, str]
    given: frozenset[str]

    def has(self, *kinds: str) -> bool:
        """Whether every one of these kinds had a file."""
        return all(kind in self.given for kind in kinds)


def merge(members: Sequence[Member], desk: Desk) -> Roster:
    """Load the members and merge them by kind."""
    modes = _modes(members, desk)
    loaded: dict[str, list[str]] = {}
    given = set()
    for member in members:
        kind = kind_of(member.folded)
        if kind is None or kind.name == "manifest":
            continue
        if kind.name not in READ:
            desk.matched(member, {})
            _note_aside(member, desk)
            continue
        given.add(kind.name)
        mode = modes.get((_bundle(member), kind.name.casefold()), "bulk")
        _ask_delta_alone(member, desk, mode, members, modes)
        loaded.setdefault(kind.name, []).append(_standard(member, desk, kind, mode))
    tables = {name: _merged(desk, name, loaded.get(name, [])) for name in READ}
    return Roster(desk, tables, frozenset(given))


def _bundle(member: Member) -> str:
    """Files that belong together: those of one zip, or of one folder."""
    inside = "!" in member.name
    return str(member.origin if inside else member.origin.parent)


def _modes(members: Sequence[Member], desk: Desk) -> dict[tuple[str, str], str]:
    """`bulk`, `delta` or `absent` by bundle and kind, from the manifests."""
    modes = {}
    for member in members:
        kind = kind_of(member.folded)
        if kind is None or kind.name != "manifest":
            continue
        rows = desk.rows(member)
        desk.matched(member, {name: name for name in member.header})
        for name, value in desk.con.execute(
            f"SELECT propertyname, value FROM {rows} WHERE propertyname IS NOT NULL"
        ).fetchall():
            key, _, file = str(name).partition(".")
            if key.casefold() == "file":
                modes[_bundle(member), file.casefold()] = str(value or "").casefold()
    return modes


def _ask_delta_alone(
    member: Member,
    desk: Desk,
    mode: str,
    members: Sequence[Member],
    modes: Mapping[tuple[str, str], str],
) -> None:
    kind = kind_of(member.folded)
    if mode != "delta" or kind is None:
        return
    whole = any(
        other is not member
        and kind_of(other.folded) is kind
        and modes.get((_bundle(other), kind.name.casefold()), "bulk") == "bulk"
        for other in members
    )
    if not whole:
        desk.question(
            Question(
                key="oneroster.delta_alone",
                text=Text(
                    f"The manifest calls {kind.name} a delta, which holds changes "
                    "only, and the whole file is not among those given. Students and "
                    "classes that did not change are missing: give the bulk files too.",
                    f"El manifiesto dice que {kind.name} es un «delta»: solo trae "
                    "cambios, y el archivo completo no está entre los entregados. "
                    "Faltan estudiantes y clases que no cambiaron: entregue también "
                    "los archivos completos.",
                ),
                file=member.name,
                severity=Severity.SERIOUS,
            )
        )


def _note_aside(member: Member, desk: Desk) -> None:
    desk.note(
        member,
        Text(
            "A file of OneRoster that carries nothing Evenrise uses; it was not read, "
            "and no password in it was stored.",
            "Un archivo de OneRoster que no trae nada que Evenrise use; no se leyó, y "
            "no se guardó ninguna contraseña.",
        ),
    )


def _standard(member: Member, desk: Desk, kind: FileKind, mode: str) -> str:
    """SQL over a member with the standard's columns, whatever it called them."""
    rows = desk.rows(member)
    written = desk.columns(member)
    found = {
        name: next((one for one in names if one in written), None)
        for name, names in kind.columns.items()
    }
    used = {written[one]: name for name, one in found.items() if one}
    desk.matched(member, used)
    slips = {written[one]: name for name, one in found.items() if one and one != name}
    if slips:
        named = ", ".join(f"{was} ({now})" for was, now in slips.items())
        desk.note(
            member,
            Text(
                f"Columns that are not spelled as in the standard were read: {named}.",
                f"Se leyeron columnas que no se llaman como en el estándar: {named}.",
            ),
        )
    cells = ", ".join(
        f"{quoted(one) if one else 'NULL::VARCHAR'} AS {name}"
        for name, one in found.items()
    )
    return (
        f"SELECT {cells}, {literal(int(mode == 'delta'))} AS changes, "
        f"_file, _row FROM {rows}"
    )


def _merged(desk: Desk, name: str, queries: Sequence[str]) -> str:
    """The table of a kind: the newest file's rows of each id, deletions taken out."""
    table = f"oneroster_{name.lower()}"
    names = list(BY_NAME[name].columns)
    if not queries:
        cells = ", ".join(f"NULL::VARCHAR AS {one}" for one in names)
        queries = [
            (
                f"SELECT {cells}, 0 AS changes, 0::INTEGER AS _file, 0::BIGINT AS _row "
                "LIMIT 0"
            )
        ]
    key = "sourcedid"
    desk.con.execute(f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT * EXCLUDE (newest) FROM (
            SELECT *, dense_rank() OVER (PARTITION BY {key}
                ORDER BY changes DESC, _file DESC) AS newest
            FROM ({" UNION ALL BY NAME ".join(queries)}))
        WHERE (newest = 1 OR {key} IS NULL)
            AND coalesce(lower(status), '') <> 'tobedeleted'""")
    return table
