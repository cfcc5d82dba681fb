"""Reads an initiative's chain from counts of adults and the reading of students' facts.

The rules are ours, and said on the page (`docs/explanation/initiatives.md`):

- *Learning reached them* when eight of ten of the adults it is meant for had the hours
  that were asked for; partly from one half on.
- *Practice changed* when, of the same people placed twice, more stand at the wanted
  level the second time, by more than chance; partly where most stood there already and
  no fewer do.
- *Students gained* when all rose and the gap closed, or all rose where no gap is named;
  partly where all rose and the gap did not close. A gap that closes because the higher
  group fell is no gain. What may be chance is unclear, either way.

Fewer than ten adults are never told apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.chain.model import (
    Chain,
    Dosage,
    Holds,
    Link,
    LinkReading,
    Placed,
)
from evenrise.findings.chain.words import (
    CAN,
    CANNOT,
    TITLES,
    chain_sentence,
    mend_sentence,
    practice_sentence,
    reached_sentence,
    students_sentence,
)
from evenrise.findings.finding import Certainty
from evenrise.findings.promises.model import Label, MeasureReading
from evenrise.statistics.paired_change import paired_change
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FEWEST = 10  # adults behind anything that is shown (METHODS card 10)
REACHED, HALF = 0.8, 0.5

_GAIN: dict[Label, Holds] = {
    Label.RISING_AND_CLOSING: Holds.YES,
    Label.RISING_ALONE: Holds.YES,
    Label.RISING_NOT_CLOSING: Holds.PARTLY,
    Label.CLOSING_BY_FALL: Holds.NO,
    Label.FALLING: Holds.NO,
    Label.UNCHANGED: Holds.NO,
    Label.TOO_FEW: Holds.TOO_FEW,
    Label.NO_DATA: Holds.NO_DATA,
}
_SAYS = frozenset({Holds.YES, Holds.PARTLY, Holds.NO})
# From the one that says most against a gain to the one that says most for it.
_WORST = (Holds.NO, Holds.UNCLEAR, Holds.PARTLY, Holds.YES, Holds.TOO_FEW)


def read_chain(
    dosage: Dosage, placed: Placed | None, students: Sequence[MeasureReading]
) -> Chain:
    """The chain of an initiative.

    Args:
        dosage: how many adults had their hours.
        placed: practice on the map; None where no map is named.
        students: the reading of the indicator at each place of the initiative; none
            where no indicator is named.
    """
    links = (_reached(dosage), _practice(placed), _students(students))
    broken = next((one for one in links if one.holds is not Holds.YES), None)
    at = broken.link if broken else None
    holds = broken.holds if broken else Holds.YES
    return Chain(
        links=links,
        breaks_at=at,
        sentence=chain_sentence(at, holds),
        mend=mend_sentence(at, holds),
        students=tuple(students),
    )


def _link(link: Link, holds: Holds, n: int | None, sentence: Text) -> LinkReading:
    return LinkReading(
        link=link,
        holds=holds,
        title=TITLES[link],
        sentence=sentence,
        n=n,
        can=CAN[link],
        cannot=CANNOT[link],
    )


def _reached(one: Dosage) -> LinkReading:
    if one.meant == 0 or one.wanted is None:
        holds = Holds.NO_DATA
    elif one.meant < FEWEST:
        holds = Holds.TOO_FEW
    else:
        share = one.enough / one.meant
        holds = (
            Holds.YES
            if share >= REACHED
            else Holds.PARTLY
            if share >= HALF
            else Holds.NO
        )
    n = one.meant if one.meant >= FEWEST else None
    return _link(Link.REACHED, holds, n, reached_sentence(one, holds))


def _practice(placed: Placed | None) -> LinkReading:
    if placed is None or (placed.people == 0 and not placed.left_out):
        told = practice_sentence(placed, Holds.NO_DATA, None, None)
        return _link(Link.PRACTICE, Holds.NO_DATA, None, told)
    if placed.people < FEWEST:
        told = practice_sentence(placed, Holds.TOO_FEW, None, None)
        return _link(Link.PRACTICE, Holds.TOO_FEW, None, told)
    share = wilson(placed.there, placed.people)
    change = paired_change(placed.pairs) if placed.pairs.n >= FEWEST else None
    holds = _changed(placed, change)
    told = practice_sentence(placed, holds, share, change)
    return _link(Link.PRACTICE, holds, placed.people, told)


def _changed(placed: Placed, change: Estimate | None) -> Holds:
    if change is None:
        return Holds.TOO_FEW
    if change.excludes_zero:
        return Holds.YES if (change.value or 0) > 0 else Holds.NO
    held = placed.there / placed.people >= HALF and (change.value or 0) >= 0
    return Holds.PARTLY if held else Holds.UNCLEAR


def _gained(one: MeasureReading) -> Holds:
    """A gain, or its lack, counts only where it is more than chance."""
    holds = _GAIN[one.label]
    sure = one.certainty is Certainty.DIFFERENT or holds not in _SAYS
    return holds if sure else Holds.UNCLEAR


def _students(readings: Sequence[MeasureReading]) -> LinkReading:
    holds = [_gained(one) for one in readings]
    known = [one for one in holds if one is not Holds.NO_DATA]
    if not known:
        told = students_sentence((), Holds.NO_DATA)
        return _link(Link.STUDENTS, Holds.NO_DATA, None, told)
    worst = min(known, key=_WORST.index)
    latest = readings[0].latest if len(readings) == 1 else None
    n = latest.share.n if latest else None
    return _link(Link.STUDENTS, worst, n, students_sentence(readings, worst))
