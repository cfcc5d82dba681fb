"""The page "Did somebody act in time?" in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.publishing import numbers
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.people.access import Reach
from evenrise.workspace.supports.queries.acted import SOON, acted_counts
from evenrise.workspace.supports.queries.counting import (
    Counted,
    Counts,
    counted,
    days_words,
    row_name,
    school_names,
    share_words,
)
from evenrise.workspace.supports.queries.tables import Bodies, counts_bodies


MOST_DRAWN = 24  # rows of a picture; the table has all


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open flags with nothing begun, of one length of waiting."""

    words: str
    flags: str
    planned: str
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActedPage:
    """The page."""

    answer: str
    nothing: bool
    times: Bodies
    picture: Shown | None
    waiting: list[Waiting]
    waiting_words: str
    dosage: Bodies
    dosage_words: str
    notes: list[str]
    made: str


def acted_page(reach: Reach, language: Language) -> ActedPage:
    """Whether somebody acted in time, for the students within a reach."""
    found = counted("acted", reach, acted_counts)
    counts = found.counts
    everyone, dosage = counts["flags"][0], counts["dosage"][0]
    return ActedPage(
        answer=_answer(counts, language),
        nothing=everyone["students"] == 0,
        times=counts_bodies(
            ("acted", "flags"),
            found,
            lambda row: _time_cells(row, language),
            7,
            language,
        ),
        picture=_picture(counts["flags"], language),
        waiting=[_wait(row, language) for row in counts["waiting"]],
        waiting_words=_waiting_words(counts, language),
        dosage=counts_bodies(
            ("acted", "dosage"),
            found,
            lambda row: _dosage_cells(row, language),
            5,
            language,
        ),
        dosage_words=_dosage_words(dosage, language),
        notes=_notes(everyone, language),
        made=made_words(found),
    )


def made_words(found: Counted) -> str:
    """When kept counts were made; blank for those of now."""
    if found.made_at is None:
        return ""
    at = timezone.localtime(found.made_at)
    return _("Counted on %(day)s at %(time)s; it is counted anew each hour.") % {
        "day": formats.date_format(at, "DATE_FORMAT"),
        "time": f"{at:%H:%M}",
    }


def _answer(counts: Counts, language: Language) -> str:
    row = counts["flags"][0]
    if row["students"] == 0:
        return _("No flag was opened this school year for a student you serve.")
    if "flags" not in row:
        return _(
            "Too few to say: fewer than 11 students within your reach had a flag"
            " this school year."
        )
    told = {
        "flags": numbers.count(row["flags"], language),
        "answered": numbers.count(row["answered"], language),
        "students": numbers.count(row["students"], language),
        "days": days_words(row["quartiles"][1], language),
    }
    begun = (
        _(
            "Of %(flags)s flags opened this school year for %(students)s students,"
            " %(answered)s have had a first session."
        )
        % told
    )
    if row["quartiles"][1] is None:
        return begun + " " + _("Fewer than half of the flags have had one yet.")
    half = ngettext(
        "Half of the flags have one within %(days)s day.",
        "Half of the flags have one within %(days)s days.",
        round(row["quartiles"][1]),
    )
    return begun + " " + half % told


def _time_cells(row: Counts, language: Language) -> tuple[str, ...]:
    if "flags" not in row:
        return ()
    first, half, third = (days_words(one, language) for one in row["quartiles"])
    spread = "–" if first == "–" else f"{first} – {third}"
    if first != "–" and third == "–":
        spread = _("%(days)s or more") % {"days": first}
    return (
        numbers.count(row["students"], language),
        numbers.count(row["flags"], language),
        numbers.count(row["answered"], language),
        half,
        spread,
        share_words(row["soon"], language),
        numbers.count(row["waiting"], language),
    )


def _picture(rows: list[Counts], language: Language) -> Shown | None:
    """The share begun within two weeks, by school; by grade where there is one."""
    schools = [row for row in rows if row["family"] == "school"]
    drawn = schools if 2 <= len(schools) <= MOST_DRAWN else _of(rows, "grade")
    names = school_names()
    if not any(row.get("soon") is not None for row in drawn):
        return None
    title = Text(
        f"Flags with a first session within {SOON} days",
        f"Señales con una primera sesión en {SOON} días",
    )
    marks = tuple(
        Mark(Text(row_name(row, names, "en"), row_name(row, names, "es")), _share(row))
        for row in drawn
    )
    every = _share(rows[0])
    picture = GapDots(
        title,
        Text(
            f"{title.en}: {len(marks)} rows with their intervals.",
            f"{title.es}: {len(marks)} filas con sus intervalos.",
        ),
        Scale("share", "up", title),
        marks,
        line=every if every.known else None,
        line_label=Text("All together", "En conjunto"),
    )
    return show(picture, language, "soon")


def _of(rows: list[Counts], family: str) -> list[Counts]:
    return [row for row in rows if row["family"] == family]


def _share(row: Counts) -> Estimate:
    if row.get("soon") is None:
        return Estimate.unknown(Reason.TOO_FEW, row["students"])
    return Estimate(row["soon"], row["soon_lower"], row["soon_upper"], row["flags"])


def _wait(row: Counts, language: Language) -> Waiting:
    if row["to"] is None:
        words = _("More than %(days)s days") % {"days": row["from"] - 1}
    else:
        words = _("%(first)s to %(last)s days") % {
            "first": row["from"],
            "last": row["to"],
        }
    return Waiting(
        words,
        *(numbers.count(row[one], language) for one in ("flags", "planned", "aside")),
    )


def _waiting_words(counts: Counts, language: Language) -> str:
    every = sum(row["flags"] for row in counts["waiting"])
    planned = sum(row["planned"] for row in counts["waiting"])
    aside = sum(row["aside"] for row in counts["waiting"])
    if not every:
        return _("No open flag waits for its first session.")
    return ngettext(
        "%(flags)s open flag has had no session. A support is planned for %(planned)s"
        " of them; %(aside)s are set aside, which does not stop the clock.",
        "%(flags)s open flags have had no session. A support is planned for %(planned)s"
        " of them; %(aside)s are set aside, which does not stop the clock.",
        every,
    ) % {
        "flags": numbers.count(every, language),
        "planned": numbers.count(planned, language),
        "aside": numbers.count(aside, language),
    }


def _dosage_words(row: Counts, language: Language) -> str:
    if row["students"] == 0:
        return _("No support was begun this school year for a student you serve.")
    if row.get("kept") is None:
        return _("Too few sessions are due yet to say.")
    return _(
        "Of %(planned)s sessions planned until today, %(share)s were given;"
        " %(none)s supports have had none of theirs."
    ) % {
        "planned": numbers.count(row["planned"], language),
        "share": share_words(row["kept"], language),
        "none": numbers.count(row["none_given"], language),
    }


def _dosage_cells(row: Counts, language: Language) -> tuple[str, ...]:
    if "supports" not in row:
        return ()
    return (
        numbers.count(row["students"], language),
        numbers.count(row["supports"], language),
        numbers.count(row["planned"], language),
        numbers.count(row["given"], language),
        share_words(row["kept"], language),
    )


def _notes(row: Counts, language: Language) -> list[str]:
    """What could make the times look better than they are, counted."""
    if "flags" not in row:
        return []
    late = ngettext(
        "%(late)s first session was logged more than 7 days after it was held."
        " By the day of logging, half of the flags have one within %(days)s days.",
        "%(late)s first sessions were logged more than 7 days after they were held."
        " By the day of logging, half of the flags have one within %(days)s days.",
        row["late"],
    )
    closed = ngettext(
        "%(closed)s flag closed by the rule before anybody began: it is not counted as"
        " answered.",
        "%(closed)s flags closed by the rule before anybody began: they are not counted"
        " as answered.",
        row["closed"],
    )
    told = {
        "late": numbers.count(row["late"], language),
        "days": days_words(row["median_logged"], language),
        "closed": numbers.count(row["closed"], language),
    }
    kept = ((row["late"], late), (row["closed"], closed))
    return [words % told for number, words in kept if number]
