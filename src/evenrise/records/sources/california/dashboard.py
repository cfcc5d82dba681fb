"""California School Dashboard downloads: one row a school, district or state and group.

A download is about one indicator, which stands in a column of its own only in some
years. Where it does not, columns that only one download has tell it, then the name of
the file; a file that tells in none of these ways is asked about and left out. Chronic
absence is of grades TK to 8 there (DataQuest's own files are of TK to 12), and an
English learner may have been reclassified up to four years ago, so the authority of
these facts is named apart. The academic downloads print a distance from the standard,
which is no share: they are told and not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenrise.records.files.member import Member
from evenrise.records.report import Question, Severity
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.california.codes import DASHBOARD_GROUPS
from evenrise.records.sources.california.family import YEARLY, Family, card
from evenrise.records.sources.published.measured import Measure
from evenrise.vocabulary.text import Text


AUTHORITY = "California School Dashboard"
_CARD = card(
    "dashboard",
    ("California School Dashboard", "Tablero Escolar de California"),
    (
        (
            "Downloads of the state's Dashboard: chronic absence, suspension and "
            "graduation by school and group."
        ),
        (
            "Descargas del Tablero del estado: ausentismo crónico, suspensión y "
            "graduación por escuela y grupo."
        ),
    ),
    YEARLY,
)
# Words of an `indicator` column or of a file's name, and what they mean. None: told,
# not read.
_WORDS: dict[str, str | None] = {
    "chron": "chronic_absence",
    "abs": "chronic_absence",
    "susp": "suspension",
    "grad": "graduation",
    "ela": None,
    "math": None,
    "elpi": None,
    "cci": None,
    "science": None,
}
# Columns that only one download has.
_TELLING = {
    "fiveyrnumer": "graduation",
    "currfiveyrnumer": "graduation",
    "smallnmethod": "graduation",
    "currnsizemet": None,
}


@dataclass(slots=True)
class Dashboard:
    """Downloads of the Dashboard, whichever indicator they are about."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain when place, group, status and the share's two counts are there."""
        folded = frozenset(member.folded)
        needed = {"cds", "rtype", "studentgroup", "currstatus"}
        return CERTAIN if folded >= needed else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Facts of every member whose indicator can be told."""
        for member in members:
            indicator = _indicator(member)
            if indicator is None or "currnumer" not in member.folded:
                _leave_out(member, desk)
            else:
                _family(indicator).read([member], desk)


def _indicator(member: Member) -> str | None:
    folded = member.folded
    if "indicator" in folded:
        at = folded.index("indicator")
        words = {row[at].strip().lower() for row in member.sample if len(row) > at}
        return _meaning(" ".join(sorted(words)))
    for column, indicator in _TELLING.items():
        if column in folded and indicator:
            return indicator
    return _meaning(member.name.replace("\\", "/").rsplit("/", 1)[-1].lower())


def _meaning(words: str) -> str | None:
    found = {meaning for word, meaning in _WORDS.items() if word in words and meaning}
    return found.pop() if len(found) == 1 else None


def _leave_out(member: Member, desk: Desk) -> None:
    desk.question(
        Question(
            key="published.which_indicator",
            text=Text(
                "This is a download of the Dashboard, but it does not say which of "
                "chronic absence, suspension or graduation it is about (or it is an "
                "academic one, a distance and no share), so it was left out. A file "
                "name such as chronicdownload2023.csv would tell.",
                "Es una descarga del Tablero, pero no dice si trata de ausentismo, "
                "suspensión o graduación (o es académica: una distancia y no una "
                "proporción), así que no se usó. Un nombre como "
                "chronicdownload2023.csv lo diría.",
            ),
            file=member.name,
            severity=Severity.WARNING,
        )
    )


def _family(indicator: str) -> Family:
    return Family(
        card=_CARD,
        needs=(("studentgroup",),),
        category=("studentgroup",),
        codes=DASHBOARD_GROUPS,
        authority=AUTHORITY,
        measures=(
            Measure(
                name="current",
                indicator=indicator,
                count=("currnumer",),
                students=("currdenom",),
                rate=("currstatus",),
            ),
        ),
    )


DASHBOARD = Dashboard(replace(_CARD))
