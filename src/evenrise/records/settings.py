"""What one district sets for itself (`district.toml`), and what one import is told."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from evenrise.records.connections import Connection, read_connections
from evenrise.vocabulary.errors import ArgumentProblem, why_refused
from evenrise.vocabulary.text import Text


INCIDENT_KINDS = ("serious", "state_offense")
REMOVAL_SHARE = 0.05  # an import that removes more students than this stops and asks


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictSettings:
    """What a district says about itself; every part may be left out.

    `codes` maps the district's own spelling to the contract's, by column:
    `{"attendance.status": {"a": "absent"}}`; keys are lower case. `thresholds` are
    numbers by name; `mappings` are left to the source that reads them; `connections`
    are the servers that `evenrise fetch` asks. `incident_kinds` are the district's own
    codes of incidents (`incidents.behavior`, lower case) that are `serious`, and those
    that are a `state_offense`: early warning reads them.

    In `district.toml`::

        name = "Santa Monica-Malibu Unified"
        code = "1964980"
        [codes.attendance.status]
        A = "absent"
        [thresholds]
        removal_share = 0.05
        [incident_kinds]
        serious = ["fighting", "weapon"]
        state_offense = ["weapon"]
    """

    name: str = ""
    code: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    connections: Mapping[str, Connection] = field(default_factory=dict)
    incident_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> DistrictSettings:
        """Read `district.toml`.

        Raises:
            ArgumentProblem: when it is not there, not TOML, or holds a wrong kind.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise ArgumentProblem(
                Text(
                    f"There is no settings file {path}.",
                    f"No existe el archivo de ajustes {path}.",
                )
            ) from None
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            why = _why(problem)
            raise ArgumentProblem(
                Text(
                    f"The settings file {path} cannot be read: {why.en}.",
                    f"No se puede leer el archivo de ajustes {path}: {why.es}.",
                )
            ) from None
        return cls(
            name=str(content.get("name", "")),
            code=str(content.get("code", "")),
            codes=_codes(path, content.get("codes", {})),
            thresholds=_numbers(path, content.get("thresholds", {})),
            mappings=content.get("mappings", {}),
            connections=read_connections(path, content.get("connections", {})),
            incident_kinds=_kinds(path, content.get("incident_kinds", {})),
        )


def _why(problem: Exception) -> Text:
    """Why a settings file cannot be read, and at which line when that is known."""
    if isinstance(problem, OSError):
        return why_refused(problem)
    place = re.search(r"line (\d+), column (\d+)", str(problem))
    where = f" (línea {place[1]}, columna {place[2]})" if place else ""
    return Text(str(problem), f"no es TOML{where}")


def _codes(path: Path, content: Any) -> Mapping[str, Mapping[str, str]]:
    """`[codes.TABLE.COLUMN]` tables as `TABLE.COLUMN` > lower-case code > code."""
    found: dict[str, Mapping[str, str]] = {}
    for table, columns in _table(path, "codes", content).items():
        for column, codes in _table(path, f"codes.{table}", columns).items():
            spelled = _table(path, f"codes.{table}.{column}", codes)
            found[f"{table}.{column}"] = {
                str(key).strip().casefold(): str(value)
                for key, value in spelled.items()
            }
    return found


def _numbers(path: Path, content: Any) -> Mapping[str, float]:
    numbers = {}
    for name, value in _table(path, "thresholds", content).items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ArgumentProblem(
                Text(
                    f"In {path}, [thresholds] {name} must be a number, not {value!r}.",
                    f"En {path}, [thresholds] {name} debe ser un número y no "
                    f"{value!r}.",
                )
            )
        numbers[name] = float(value)
    return numbers


def _kinds(path: Path, content: Any) -> Mapping[str, tuple[str, ...]]:
    """`[incident_kinds]`: for each kind, the district's codes in lower case."""
    kinds = {}
    for kind, codes in _table(path, "incident_kinds", content).items():
        if kind not in INCIDENT_KINDS:
            raise ArgumentProblem(
                Text(
                    f"In {path}, [incident_kinds] has {kind!r}: use "
                    f"{' or '.join(INCIDENT_KINDS)}.",
                    f"En {path}, [incident_kinds] tiene {kind!r}: use "
                    f"{' o '.join(INCIDENT_KINDS)}.",
                )
            )
        if not isinstance(codes, list) or not all(isinstance(c, str) for c in codes):
            raise ArgumentProblem(
                Text(
                    f"In {path}, [incident_kinds] {kind} must be a list of codes.",
                    f"En {path}, [incident_kinds] {kind} debe ser una lista de "
                    "códigos.",
                )
            )
        kinds[kind] = tuple(code.strip().casefold() for code in codes)
    return kinds


def _table(path: Path, name: str, content: Any) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise ArgumentProblem(
            Text(
                f"In {path}, [{name}] must be a table of names.",
                f"En {path}, [{name}] debe ser una tabla de nombres.",
            )
        )
    return cast("Mapping[str, Any]", content)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How one import is done.

    `as_of` is the day it is done on (no floor below the command line asks the clock).
    `format` names one source or is "auto". With `allow_removal` an import may remove
    more than `removal_share` of the current snapshot's students. Without
    `make_current` the snapshot is written whole but only staged: readers still meet
    the one before, until `SnapshotStore.make_current` swaps them. With `keep_rest`,
    tables that no file brings are carried over from the current snapshot; a table that
    a file brings is replaced as a whole.
    """

    as_of: dt.date
    format: str = "auto"
    dry_run: bool = False
    settings: DistrictSettings = field(default_factory=DistrictSettings)
    allow_removal: bool = False
    removal_share: float = REMOVAL_SHARE
    memory: str = "4GB"
    threads: int | None = None
    make_current: bool = True
    keep_rest: bool = False
