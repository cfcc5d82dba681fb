"""What a support is judged by: days missed, courses failed, or days with an incident.

A support for courses is judged by courses, one for behavior by incidents, every other
by days missed, which all students have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.findings.support_effects.study import Flags, Floats, Measured, Unit
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.outcomes import (
    MONTHS,
    OutcomeCounts,
    absence_counts,
    incident_counts,
    mark_counts,
)
from evenrise.indicators.flags.windows import WINDOW, Windows
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.vocabulary.text import Text


ENOUGH_DAYS = 20  # enrolled, of each window, to know a share
ENOUGH_MARKS = 2


@dataclass(frozen=True, slots=True)
class Followed:
    """An outcome of every row of the windows, and the same before it.

    `enough` is how many (days or marks) it takes to know a share; `names` are the
    covariates that belong to this outcome: lately, in the year before that, at the
    school.
    """

    domain: Domain
    measured: Measured
    enough: int
    counts: OutcomeCounts
    names: tuple[str, str, str]

    @property
    def before(self) -> Floats:
        """The share before each row's day."""
        return _share(self.counts.bad_before, self.counts.n_before)

    @property
    def after(self) -> Floats:
        """The share after it."""
        return _share(self.counts.bad_after, self.counts.n_after)

    @property
    def earlier(self) -> Floats:
        """The share in the year before; as before for whom nothing earlier is known."""
        counts = self.counts
        known = counts.n_earlier >= self.enough
        return np.where(
            known, _share(counts.bad_earlier, counts.n_earlier), self.before
        )

    @property
    def known(self) -> Flags:
        """Whether the share before is known."""
        return np.asarray(self.counts.n_before >= self.enough)

    @property
    def lost(self) -> Flags:
        """Whether the share after is not."""
        return np.asarray(self.counts.n_after < self.enough)


def _share(part: NDArray[np.integer[Any]], of: NDArray[np.integer[Any]]) -> Floats:
    return np.asarray(part / np.maximum(of, 1), np.float64)


def followed_in(
    domain: Domain, snapshot: Snapshot, windows: Windows, settings: Any
) -> Followed:
    """The outcome of one domain; days missed where the records tell no other.

    Args:
        domain: what the support is for.
        snapshot: the records that the windows were made of.
        windows: the rows.
        settings: the district's, as `mark_counts` takes them.

    Raises:
        InputProblem: when a part of the store cannot be read.
    """
    if domain is Domain.COURSE and snapshot.has("marks"):
        return Followed(
            domain,
            MARKS,
            ENOUGH_MARKS,
            mark_counts(snapshot, windows, settings),
            ("failed_before", "failed_earlier", "school_failed"),
        )
    if domain is Domain.BEHAVIOR and windows.incidents is not None:
        return Followed(
            domain,
            incidents_measured(windows.after),
            ENOUGH_DAYS,
            incident_counts(windows),
            ("incidents_before", "incidents_earlier", "school_incidents"),
        )
    return absences_followed(windows)


def absences_followed(windows: Windows) -> Followed:
    """Days missed."""
    return Followed(
        Domain.ATTENDANCE,
        measured(windows.after),
        ENOUGH_DAYS,
        absence_counts(windows),
        ("absent_before", "absent_earlier", "school_absence"),
    )


def measured(after: int) -> Measured:
    """What is compared: days missed, which every student has."""
    return Measured(
        Text("the share of school days missed", "la proporción de días perdidos"),
        Text(
            f"in the {after} school days after it began",
            f"en los {after} días de clase siguientes a su comienzo",
        ),
        Unit.POINTS,
        "down",
    )


def incidents_measured(after: int) -> Measured:
    """Days on which an incident names the student."""
    return Measured(
        Text(
            "the share of school days with an incident",
            "la proporción de días de clase con un incidente",
        ),
        measured(after).when,
        Unit.POINTS,
        "down",
    )


MARKS = Measured(
    Text(
        "the share of marks that were failing",
        "la proporción de calificaciones reprobatorias",
    ),
    Text(
        "from the month after it began to the end of the year "
        f"({MONTHS} months at most)",
        "desde el mes siguiente a su comienzo hasta el fin del año escolar "
        f"({MONTHS} meses como máximo)",
    ),
    Unit.POINTS,
    "down",
)
AFTER_READING = {
    Domain.ATTENDANCE: Text(
        f"in the {WINDOW} school days after the line was read",
        f"en los {WINDOW} días de clase siguientes a la lectura del límite",
    ),
    Domain.BEHAVIOR: Text(
        f"in the {WINDOW} school days after the line was read",
        f"en los {WINDOW} días de clase siguientes a la lectura del límite",
    ),
    Domain.COURSE: Text(
        "from the month after the line was read to the end of the year "
        f"({MONTHS} months at most)",
        "desde el mes siguiente a la lectura del límite hasta el fin del año escolar "
        f"({MONTHS} meses como máximo)",
    ),
}
