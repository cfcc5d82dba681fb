"""What hangs on a rung, read from its own rows: measures, gaps, money, evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import (
    BudgetContent,
    GroupPromise,
    LinkContent,
    MeasureContent,
    RungContent,
)
from evenrise.workspace.plans.exchange.keys import Keys
from evenrise.workspace.plans.exchange.ladder import Placed
from evenrise.workspace.plans.exchange.one_reading import Reading
from evenrise.workspace.plans.exchange.writing import Row


_NO_RUNG = Text(
    "names a rung that is not in the file; write the key of one under “Rung”.",
    "nombra un peldaño que no está en el archivo; escriba su clave en «Peldaño».",
)
_NO_MEASURE = Text(
    "names a measure that this rung does not have; write its key under “Measure”.",
    "nombra una medición que este peldaño no tiene; escriba su clave en «Medición».",
)
_NOTHING = Text(
    "says nothing that can be measured; name an indicator or write a title.",
    "no dice nada que se pueda medir; nombre un indicador o escriba un título.",
)
_HALF = Text(
    "needs a source, a school year and dollars; fill in what is empty.",
    "necesita una fuente, un año escolar y dólares; complete lo que falta.",
)
_NO_GROUP = Text(
    "names no group; write its family and the group.",
    "no nombra ningún grupo; escriba su familia y el grupo.",
)
_NO_LINK = Text(
    "names no evidence; write its kind and its key.",
    "no nombra ninguna evidencia; escriba su tipo y su clave.",
)
_AGAIN = Text(
    "says the same thing as a row above it; remove one of the two.",
    "dice lo mismo que una fila anterior; quite una de las dos.",
)


def read_parts(
    rows: Sequence[Row],
    rungs: list[Placed],
    owners: Mapping[int, str],
    reading: Reading,
) -> list[Placed]:
    """The rungs with what the rows hang on them; unspoken tables stay as they were."""
    reader = _Parts(rungs, owners, reading)
    for row in rows:
        reader.read(row)
    return reader.hung()


class _Parts:
    """Rows of parts by the key of their rung."""

    def __init__(
        self, rungs: list[Placed], owners: Mapping[int, str], reading: Reading
    ) -> None:
        self.rungs = {one.rung.key: one for one in rungs}
        self.owners = owners
        self.reading = reading
        self.stood = {one.key: one for one in reading.before.rungs}
        self.now = ""  # the rung of the last row, for rows that name none
        self.measure = ""
        self.measures: dict[str, dict[str, MeasureContent]] = defaultdict(dict)
        self.orderless: set[tuple[str, str]] = set()
        self.gaps: dict[tuple[str, str], dict[tuple[str, str], GroupPromise]] = (
            defaultdict(dict)
        )
        self.budget: dict[str, dict[str, BudgetContent]] = defaultdict(dict)
        self.links: dict[str, dict[tuple[str, str], LinkContent]] = defaultdict(dict)

    def read(self, row: Row) -> None:
        if row.table == "rung":
            self.now, self.measure = self.owners.get(row.number, ""), ""
            return
        reader = getattr(self, f"_{row.table}", None)
        if reader is None:
            return
        rung = row.cells.get("rung", "") or ("" if self.reading.sheeted else self.now)
        if rung not in self.rungs and rung.strip() in self.rungs:
            rung = rung.strip()
        values = self.reading.values(row)
        if rung not in self.rungs:
            if rung not in self.stood:  # what stood and went takes its parts along
                self.reading.say(row, _NO_RUNG, "rung")
        elif values is None:
            self._keep(row, rung)
        else:
            values.pop("rung", None)
            reader(row, rung, values)

    def _before(self, rung: str, table: str, key: str) -> Any:
        stood = self.stood.get(rung)
        parts: Sequence[Any] = getattr(stood, table, ()) if stood else ()
        return next((one for one in parts if one.key == key), None)

    def _keep(self, row: Row, rung: str) -> None:
        """A refused row: what it speaks of stays as it was."""
        key = row.cells.get("key", "")
        if row.table == "measure" and (one := self._before(rung, "measures", key)):
            self.measures[rung][key] = one
            self.measure = key
        elif row.table == "budget" and (one := self._before(rung, "budget", key)):
            self.budget[rung][key] = one
        elif row.table == "gap":
            self._keep_gap(row, rung)

    def _keep_gap(self, row: Row, rung: str) -> None:
        key = row.cells.get("measure", "") or self.measure
        name = (row.cells.get("family", ""), row.cells.get("group", ""))
        measure = self._before(rung, "measures", key)
        for one in measure.groups if measure else ():
            if (one.family, one.group) == name:
                self.gaps[rung, key][name] = one

    def _measure(self, row: Row, rung: str, values: dict[str, Any]) -> None:
        before = self._before(rung, "measures", values.get("key", ""))
        kept = (
            {k: v for k, v in asdict(before).items() if k != "groups"} if before else {}
        )
        after = {**kept, **values}
        if not any(after.get(n) for n in ("indicator", "title_en", "title_es")):
            self.reading.say(row, _NOTHING)
            return
        known = self.measures[rung]
        stood = self.stood.get(rung)
        taken = [*known, *(one.key for one in (stood.measures if stood else ()))]
        key = after.get("key") or Keys(taken, ()).new(row.cells)
        if key in known:
            self.reading.say(row, _AGAIN, "key")
            return
        if after.get("place") is None:
            self.orderless.add((rung, key))
        after["place"] = after.get("place") or 0
        known[key] = MeasureContent(**{**after, "key": key})
        self.measure = key

    def _gap(self, row: Row, rung: str, values: dict[str, Any]) -> None:
        key = values.pop("measure", "") or self.measure
        if not values.get("family") or not values.get("group"):
            self.reading.say(row, _NO_GROUP)
            return
        name = (values["family"], values["group"])
        if name in self.gaps[rung, key]:
            self.reading.say(row, _AGAIN)
            return
        if "measure" in self.reading.spoken and key not in self.measures[rung]:
            if self._before(rung, "measures", key) is None:
                self.reading.say(row, _NO_MEASURE, "measure")
            return
        self.gaps[rung, key][name] = GroupPromise(**values)

    def _budget(self, row: Row, rung: str, values: dict[str, Any]) -> None:
        before = self._before(rung, "budget", values.get("key", ""))
        after = {**(asdict(before) if before else {}), **values}
        if not (after.get("source") and after.get("school_year")):
            self.reading.say(row, _HALF)
            return
        known = self.budget[rung]
        stood = self.stood.get(rung)
        taken = [*known, *(one.key for one in (stood.budget if stood else ()))]
        key = after.get("key") or Keys(taken, ()).new(row.cells)
        if key in known:
            self.reading.say(row, _AGAIN, "key")
            return
        known[key] = BudgetContent(**{**after, "key": key})

    def _link(self, row: Row, rung: str, values: dict[str, Any]) -> None:
        if not values.get("kind") or not values.get("key"):
            self.reading.say(row, _NO_LINK)
            return
        name = (values["kind"], values["key"])
        if name in self.links[rung]:
            self.reading.say(row, _AGAIN)
            return
        self.links[rung][name] = LinkContent(**values)

    def hung(self) -> list[Placed]:
        """The rungs with their parts."""
        for key, one in self.rungs.items():
            one.rung = replace(one.rung, **self._of(key, one.rung))
        return list(self.rungs.values())

    def _of(self, key: str, rung: RungContent) -> dict[str, Any]:
        spoken = self.reading.spoken
        found: dict[str, Any] = {}
        if "measure" in spoken:
            found["measures"] = self._ordered(key)
        if "gap" in spoken:
            found["measures"] = tuple(
                replace(one, groups=tuple(self.gaps[key, one.key].values()))
                for one in found.get("measures", rung.measures)
            )
        if "budget" in spoken:
            found["budget"] = tuple(self.budget[key].values())
        if "link" in spoken:
            found["links"] = tuple(self.links[key].values())
        return found

    def _ordered(self, key: str) -> tuple[MeasureContent, ...]:
        """In the order of the rows, numbered anew where the numbers disagree."""
        measures = [
            replace(one, groups=before.groups)
            if (before := self._before(key, "measures", one.key))
            else one
            for one in self.measures[key].values()
        ]
        places = [one.place for one in measures]
        orderless = any((key, one.key) in self.orderless for one in measures)
        if not orderless and places == sorted(places):
            return tuple(measures)
        if not orderless and any(
            one.place != before.place
            for one in measures
            if (before := self._before(key, "measures", one.key))
        ):
            measures.sort(key=lambda one: one.place)
        return tuple(replace(one, place=n) for n, one in enumerate(measures))
