"""Tables of text read back into a plan; what cannot be taken stays as it was.

A row with its key changes what stands; a row without one is new; what stands and has
no row any more is gone. A column or a table that is not in the file says nothing, so
a part of the columns is enough to change that part. A row with a cell that cannot be
taken is refused whole: what it speaks of stays as it was, or does not come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import (
    DepartmentContent,
    PlanContent,
    RungContent,
)
from evenrise.workspace.plans.exchange.keys import Keys
from evenrise.workspace.plans.exchange.ladder import Placed, assemble, infer_parents
from evenrise.workspace.plans.exchange.one_reading import Reading
from evenrise.workspace.plans.exchange.parts import read_parts
from evenrise.workspace.plans.exchange.problems import (
    MOST_ROWS,
    Problem,
    unreadable,
)
from evenrise.workspace.plans.exchange.writing import Row, mark_of


_EMPTY = RungContent(key="", kind="")
_CHANGED_SINCE = Text(
    "The plan has changed since this file was made from it. Look at the difference: "
    "what was changed on the page since then would go back.",
    "El plan ha cambiado desde que se hizo este archivo. Mire la diferencia: lo que se "
    "cambió en la página desde entonces volvería atrás.",
)


def read_rows(
    rows: Sequence[Row], reading: Reading
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The plan that the rows say, and what was wrong with them.

    Args:
        rows: in the order of the file.
        reading: what stood before, and which tables the file speaks of.

    Raises:
        InputProblem: when there are too many rows, or nothing that a plan is made of.
    """
    if len(rows) > MOST_ROWS:
        raise unreadable(
            f"The file has {len(rows):,} rows; at most {MOST_ROWS:,} fit. Bring it in "
            "parts.",
            f"El archivo tiene {len(rows):,} filas y caben {MOST_ROWS:,}. Tráigalo por "
            "partes.",
        )
    if not rows:
        raise unreadable(
            "The file has headings and no rows: nothing can be taken from it.",
            "El archivo tiene encabezados y ninguna fila: nada se puede tomar de él.",
        )
    head = _head([one for one in rows if one.table == "plan"], reading)
    departments = _departments(rows, reading)
    rungs, owners = _rungs(rows, reading)
    reading.telling(0.7)
    rungs = read_parts(rows, rungs, owners, reading)
    reading.telling(0.9)
    content = replace(
        reading.before,
        **head,
        departments=departments,
        rungs=assemble(rungs, reading.before, reading.problems),
    )
    return content, tuple(reading.problems)


def settled(values: Mapping[str, Any], base: Any) -> dict[str, Any]:
    """The values, with the line ends of what stands: spreadsheets write their own."""
    found = dict(values)
    for name, value in values.items():
        was = getattr(base, name, None)
        if (
            isinstance(value, str)
            and isinstance(was, str)
            and value != was
            and value.splitlines() == was.splitlines()
        ):
            found[name] = was
    return found


def _head(rows: Sequence[Row], reading: Reading) -> dict[str, Any]:
    if not rows:
        return {}
    found = reading.values(rows[0]) or {}
    mark = found.pop("taken_from", "")
    if mark and mark != mark_of(reading.before) and reading.before.rungs:
        reading.say(rows[0], _CHANGED_SINCE, refused=False)
    for extra in rows[1:]:
        reading.say(
            extra,
            Text(
                "is a second row about the plan itself; only the first counts.",
                "es una segunda fila sobre el plan mismo; solo cuenta la primera.",
            ),
        )
    begins = found.get("begins_year") or reading.before.begins_year
    ends = found.get("ends_year") or reading.before.ends_year
    found |= {"begins_year": begins, "ends_year": ends}
    if ends < begins:
        reading.say(
            rows[0],
            Text(
                "says that the plan ends before it begins; correct the years.",
                "dice que el plan termina antes de empezar; corrija los años.",
            ),
            "ends_year",
        )
        return {}
    kind = found.get("kind") or reading.before.kind
    return settled({**found, "kind": kind}, reading.before)


def _departments(
    rows: Sequence[Row], reading: Reading
) -> tuple[DepartmentContent, ...]:
    if "department" not in reading.spoken:
        return reading.before.departments
    stood = {one.key: one for one in reading.before.departments}
    found: dict[str, DepartmentContent] = {}
    for row in rows:
        if row.table != "department":
            continue
        values = reading.values(row)
        if values is None or not values.get("key"):
            reading.say(
                row,
                Text(
                    "names no department; give it a key, a name in English and one in "
                    "Spanish.",
                    "no nombra ningún departamento; déle una clave, un nombre en "
                    "inglés y uno en español.",
                ),
            )
            continue
        before = stood.get(values["key"])
        kept = asdict(before) if before else {"name_en": "", "name_es": ""}
        found[values["key"]] = DepartmentContent(**{**kept, **values})
    return tuple(found.values())


def _rungs(
    rows: Sequence[Row], reading: Reading
) -> tuple[list[Placed], dict[int, str]]:
    """The rungs of the rows, and the key of the rung that each row made."""
    if "rung" not in reading.spoken:
        return [Placed(0, one, known=True) for one in reading.before.rungs], {}
    stood = {one.key: one for one in reading.before.rungs}
    wanted = [one for one in rows if one.table == "rung"]
    keys = Keys(stood, (row.cells.get("key", "") for row in wanted))
    found: list[Placed] = []
    owners: dict[int, str] = {}
    seen: set[str] = set()
    for done, row in enumerate(wanted):
        if not done % 100:
            reading.telling(0.1 + 0.6 * done / len(wanted))
        placed = _rung(row, stood, keys, reading)
        if placed is None:
            continue
        key = placed.rung.key
        if key in seen:
            reading.say(row, _TWICE, "key")
            continue
        seen.add(key)
        owners[row.number] = key
        found.append(placed)
    infer_parents(found)
    return found, owners


_TWICE = Text(
    "has a key that another row has; leave the key of a new row empty.",
    "tiene una clave que ya tiene otra fila; deje vacía la clave de una fila nueva.",
)


def _rung(
    row: Row, stood: Mapping[str, RungContent], keys: Keys, reading: Reading
) -> Placed | None:
    values = reading.values(row)
    told = row.cells.get("key", "")
    before = stood.get(told) or stood.get(told.strip())
    if values is not None and not _says_enough(row, values, before, reading):
        values = None
    if values is None:
        return None if before is None else Placed(row.number, before, known=True)
    key = before.key if before else told or keys.new(row.cells)
    place = values.pop("place", before.place if before else None)
    base = before or _EMPTY
    values = settled(values, base)
    rung = replace(base, **{**values, "key": key, "place": place or 0})
    if rung.kind != "step" and rung.state:
        rung = replace(rung, state="")
    return Placed(
        row.number,
        rung,
        known=before is not None,
        orderless=place is None,
        seeks=not told and before is None and not rung.parent,
    )


def _says_enough(
    row: Row,
    values: Mapping[str, Any],
    before: RungContent | None,
    reading: Reading,
) -> bool:
    base = before or _EMPTY
    after = {**asdict(base), **values}
    if not after["kind"]:
        reading.say(
            row,
            Text(
                "does not say what it is; choose a kind, such as Action step.",
                "no dice qué es; elija un tipo, como Paso de acción.",
            ),
            "kind",
        )
        return False
    if not after["title_en"] and not after["title_es"]:
        reading.say(
            row,
            Text(
                "has no title; write one in English or in Spanish.",
                "no tiene título; escríbalo en inglés o en español.",
            ),
            "title_en",
        )
        return False
    if (
        after["begins_on"]
        and after["ends_on"]
        and after["ends_on"] < after["begins_on"]
    ):
        reading.say(
            row,
            Text(
                "ends before it begins; correct one of the two days.",
                "termina antes de empezar; corrija uno de los dos días.",
            ),
            "ends_on",
        )
        return False
    return True
