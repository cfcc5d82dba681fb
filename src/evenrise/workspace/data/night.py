"""The nightly import: brought in without a person where nothing gives reason to look.

It is brought in when something stood before, no file was unusable, not too many rows
were refused, and not many students would leave. Otherwise it waits, ready, and the
people who bring files in get a letter in both languages that names no child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from evenrise.publishing.numbers import amount
from evenrise.vocabulary.errors import EvenriseError, InputProblem, why_refused
from evenrise.vocabulary.text import Text
from evenrise.workspace.data.actions.imports import bring_in, commit, set_aside
from evenrise.workspace.data.at_work import working_on
from evenrise.workspace.data.committing import commit_held
from evenrise.workspace.data.models import Import, new_key
from evenrise.workspace.data.reading import district_settings, read_held
from evenrise.workspace.data.states import State
from evenrise.workspace.data.tidying import tidy
from evenrise.workspace.data.uploads import land
from evenrise.workspace.data.warning import leaving, other_district
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.access import people_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


REFUSED_SHARE = 0.01  # of a file's rows; more, and a person looks first
SETTING = "nightly_refused_share"  # in district.toml, [thresholds]


class Outcome(StrEnum):
    """What became of one import of the night."""

    BROUGHT_IN = "brought_in"
    UNCHANGED = "unchanged"
    LEFT = "left"  # ready; a person looks
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Night:
    """One import of the night: from where, what became of it, and why."""

    name: str
    outcome: Outcome
    why: Text
    key: str = ""
    refused: int = 0


def run_night(files: Path | None, as_of: dt.date) -> tuple[Night, ...]:
    """Bring in a folder's files, or what every connection gives.

    Raises:
        ArgumentProblem: when district.toml cannot be read.
        InputProblem: when there is neither a folder nor a connection.
    """
    tidy()
    own = district_settings()
    share = own.thresholds.get(SETTING, REFUSED_SHARE)
    if files is not None:
        nights = [_bring(files.name, files, as_of, share)]
    else:
        if not own.connections:
            raise InputProblem(
                "There is nothing to bring in: name a folder with --files, or a "
                "connection in district.toml."
            )
        nights = [_bring(name, None, as_of, share) for name in own.connections]
    for night in nights:
        if night.outcome in {Outcome.LEFT, Outcome.UNUSABLE}:
            _write_to_stewards(night)
    tidy()
    return tuple(nights)


def _bring(name: str, files: Path | None, as_of: dt.date, share: float) -> Night:
    key = new_key()
    with working_on(key):
        landing = land(key)
        try:
            for path in () if files is None else _files(files):
                landing.copy(path, path.name)
            one = bring_in(
                None,
                key=key,
                files=landing.files,
                as_of=as_of,
                origin=Import.Origin.NIGHT,
                connection="" if files is not None else name,
                queue=False,
            )
        except (EvenriseError, OSError) as problem:
            landing.remove()
            return _unusable(name, problem)
        read_held(one)
        one.refresh_from_db()
        return _decide(one, name, share)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder, in order; none that begins with a dot, no link."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in inside)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _unusable(name: str, problem: EvenriseError | OSError) -> Night:
    told = why_refused(problem) if isinstance(problem, OSError) else problem.text
    record(None, "data.night_failed", About("connection", name))
    return Night(name, Outcome.UNUSABLE, told)


def _decide(one: Import, name: str, share: float) -> Night:
    refused = int((one.story or {}).get("rows_refused", 0))
    if one.state != State.READY:
        why = Text(one.problem or "stopped", one.problem_es or one.problem or "parado")
        return Night(name, Outcome.UNUSABLE, why, one.key)
    if not changes(one):
        set_aside(None, one=one)
        why = Text("Nothing has changed.", "Nada ha cambiado.")
        return Night(name, Outcome.UNCHANGED, why, one.key, refused)
    doubt = doubts(one, share)
    if doubt is None:
        commit(None, one=one, queue=False)
        one.refresh_from_db()
        commit_held(one)
        one.refresh_from_db()
        if one.state == State.CURRENT:
            why = Text("Brought in.", "Incorporado.")
            return Night(name, Outcome.BROUGHT_IN, why, one.key, refused)
        doubt = Text(one.problem, one.problem_es or one.problem)
    record(None, "data.night_left", About("import", one.key))
    return Night(name, Outcome.LEFT, doubt, one.key, refused)


def changes(one: Import) -> bool:
    """Whether an import would change a record or a number on any page."""
    told = (one.story or {}).get("differences", {})
    rows = any(
        part[word] for part in told.values() for word in ("new", "changed", "gone")
    )
    return rows or bool((one.moves or {}).get("indicators"))


def doubts(one: Import, share: float) -> Text | None:
    """Why a person should look first; None when nothing gives reason to.

    Args:
        one: an import that was read.
        share: of a file's rows that may be refused, 0 to 1.
    """
    if not one.base:
        return Text(
            "There were no records before: a person looks at the first files.",
            "Antes no había registros: una persona revisa los primeros archivos.",
        )
    other = other_district(one)
    if other is not None:
        return other
    many = leaving(one)
    if many.many:
        return many.ask()
    for told in (one.story or {}).get("files", ()):
        if told["problem"] and told["recognised_as"]:
            return Text(
                f"{told['file']} could not be used.",
                f"No se pudo usar {told['file']}.",
            )
        if told["rows_refused"] > share * max(told["rows_read"], 1):
            part = told["rows_refused"] / max(told["rows_read"], 1)
            return Text(
                f"{told['file']}: {amount(part, 'share', 'en')} of its rows were "
                "refused.",
                f"{told['file']}: se rechazó el {amount(part, 'share', 'es')} de sus "
                "filas.",
            )
    return None


def stewards() -> list[Person]:
    """The people who bring files in."""
    return list(people_with(Right.BRING_FILES, timezone.localdate()))


def _write_to_stewards(night: Night) -> None:
    """One letter each: they do not read each other's addresses."""
    where = reverse("import", args=[night.key]) if night.key else reverse("data")
    letter = LETTER.format(
        name=night.name, why=night.why.en, why_es=night.why.es, where=where
    )
    for person in stewards():
        send_mail(SUBJECT, letter, None, [person.email], fail_silently=True)


SUBJECT = "Last night's files wait for you / Los archivos de anoche le esperan"
LETTER = """\
(En español más abajo.)

Last night's files ({name}) were not brought in. The pages still show what stood before.

Why: {why}

Sign in to Evenrise and look: {where}


Los archivos de anoche ({name}) no se incorporaron. Las páginas siguen mostrando lo
anterior.

Motivo: {why_es}

Inicie sesión en Evenrise y revíselos: {where}
"""
