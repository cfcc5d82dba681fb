"""The state and *districts like this one*, where the same files tell of them.

Districts are alike by who their students are: the number of students and the share of
each group in the same facts; never by outcomes. The rule and the number of districts
are told beside every figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenrise.findings.desk import STATE, Desk, worked_out
from evenrise.findings.finding import EvidenceRow
from evenrise.findings.sentences import both, numbers
from evenrise.findings.sentences.stories import Counted, PlaceStory
from evenrise.findings.table import Floats, Ints
from evenrise.statistics.funnel import funnel
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


PEERS = 20
FEWEST = 5  # districts; below this "districts like this one" would be a few names
MANY = 50  # districts; from here on their sum stands for the state
SMALLEST = 100  # students; a smaller district's shares say little
# Gender and grade hardly tell one district from another.
_NOT_TOLD_BY = (ALL_FAMILY, "gender", "grade", "race_any")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a district's figure: rows, a sentence, and the rule."""

    rows: tuple[EvidenceRow, ...]
    note: Text | None
    sentence: Text
    ahead: float | None = None  # standard errors on the good side of its peers


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """The districts like this one, and in which facts their students were compared."""

    organizations: Ints  # codes
    note: Text


def make_contexts(desk: Desk, latest: dict[str, int]) -> dict[str, Context]:
    """The context of every indicator that has one in its latest year."""
    peers = choose_peers(desk, latest)
    found = {}
    for key, year in latest.items():
        context = _context(desk, key, year, peers)
        if context is not None:
            found[key] = context
    return found


def choose_peers(desk: Desk, latest: dict[str, int]) -> Peers | None:
    """The districts whose students are most like this one's, chosen once.

    Chosen in the facts that describe most groups of most districts: the nearest
    twenty by the shares of the groups (each in standard deviations) and by size (a
    tenfold size weighs as much as one standard deviation).
    """
    best: tuple[int, str, int] | None = None
    for key, year in sorted(latest.items()):
        rows = _district_rows(desk, key, year)
        groups = _groups_of(desk, key, year)
        if len(rows) > FEWEST and groups and desk.district_row(key, year) is not None:
            worth = len(rows) * len(groups)
            if best is None or worth > best[0]:
                best = (worth, key, year)
    if best is None:
        return None
    _, key, year = best
    rows = _district_rows(desk, key, year)
    nearest = _nearest(desk, rows, _groups_of(desk, key, year))
    if len(nearest) < FEWEST:
        return None
    return Peers(
        desk.facts.codes["organization_id"][rows[nearest]],
        _note(desk, key, year, len(nearest)),
    )


def _note(desk: Desk, key: str, year: int, number: int) -> Text:
    title, label = desk.indicators[key].title, SchoolYear(year).label
    return Text(
        f"Districts like this one: the {numbers.count(number, 'en')} with the most "
        "similar students, by their number and by the share of each student group in "
        f"the {label} file on “{title.en}”. Results play no part in the choice.",
        f"Distritos parecidos: los {numbers.count(number, 'es')} con el estudiantado "
        "más semejante, por su número y por la proporción de cada grupo en el archivo "
        f"de {label} sobre «{title.es}». Los resultados no cuentan para elegirlos.",
    )


def _district_rows(desk: Desk, key: str, year: int) -> Ints:
    """All students of every district that is shown and large enough, by its code."""
    facts = desk.facts
    rows = facts.rows(
        indicator=key, school_year=year, level=Level.DISTRICT, group_family=ALL_FAMILY
    )
    large = facts.n[rows] >= SMALLEST  # not where n is hidden: nan
    return rows[facts.shown[rows] & ~facts.doubted[rows] & large]


def _groups_of(desk: Desk, key: str, year: int) -> list[tuple[int, int]]:
    """The (family, group) codes that this district shows for the indicator."""
    facts = desk.facts
    rows = facts.rows(
        indicator=key,
        school_year=year,
        level=Level.DISTRICT,
        organization_id=desk.district.organization_id,
    )
    complements = {family.complement for family in FAMILIES.values()}
    found = []
    for row in rows[~np.isnan(facts.n[rows]) & ~facts.pair[rows]]:
        family, group = desk.family_and_group(int(row))
        if family not in _NOT_TOLD_BY and group not in complements:
            found.append(
                (
                    int(facts.codes["group_family"][row]),
                    int(facts.codes["group"][row]),
                )
            )
    return found


def _nearest(desk: Desk, rows: Ints, groups: list[tuple[int, int]]) -> Ints:
    """Places in `rows` of the nearest districts, without the district itself."""
    facts = desk.facts
    parts: list[Floats] = []
    for family, group in groups:
        found = facts.find(facts.keys(rows, family=family, group=group))
        # A group that is hidden there is small: its share counts as none.
        share = np.nan_to_num(facts.at(facts.n, found)) / facts.n[rows]
        spread = float(np.std(share))
        parts.append(share / spread if spread > 0 else np.zeros(len(rows)))
    features = np.column_stack([*parts, np.log10(facts.n[rows])])
    own = facts.words["organization_id"].code(desk.district.organization_id)
    here = np.flatnonzero(facts.codes["organization_id"][rows] == own)
    if not len(here):
        return np.zeros(0, dtype=np.int64)
    distance = np.sqrt(((features - features[here[0]]) ** 2).sum(axis=1))
    distance[here] = np.inf
    order = np.argsort(distance, kind="stable")
    return order[: min(PEERS, len(rows) - 1)]


def _context(desk: Desk, key: str, year: int, peers: Peers | None) -> Context | None:
    own = desk.district_row(key, year)
    info = desk.indicators[key]
    if own is None or not info.counts_students or info.unit != "share":
        return None
    like = _together(desk, key, year, peers)
    label, whole, districts = _whole(desk, key, year)
    if like is None and whole is None:
        return None
    rows = []
    number = 0
    if like is not None:
        number = like[1]
        rows.append(
            worked_out(
                Text(
                    f"{numbers.count(number, 'en')} districts like this one",
                    f"{numbers.count(number, 'es')} distritos parecidos",
                ),
                like[0],
                year,
            )
        )
    if whole is not None:
        rows.append(worked_out(label, whole, year))
    story = PlaceStory(
        what=desk.measured(key),
        who=desk.who(own),
        year=year,
        district=desk.counted(own),
        peers=like[0] if like else None,
        peers_number=number,
        state=whole,
        districts=districts,
    )
    note = None
    if peers is not None and like is not None:
        note = _with_figures(peers, number)
    ahead = _ahead(desk, key, year, peers, story) if like is not None else None
    return Context(tuple(rows), note, both("place", story), ahead)


def _with_figures(peers: Peers, number: int) -> Text:
    """The rule, and how many of the districts have a figure here, if not all."""
    if number == len(peers.organizations):
        return peers.note
    return Text(
        f"{peers.note.en} Of these, {numbers.count(number, 'en')} have a figure here.",
        f"{peers.note.es} De ellos, {numbers.count(number, 'es')} tienen un dato aquí.",
    )


def _ahead(
    desk: Desk, key: str, year: int, peers: Peers | None, story: PlaceStory
) -> float | None:
    """How far the district lies on the good side of its peers, if beyond chance.

    The spread between the peers themselves is allowed for (a funnel with
    over-dispersion): districts differ for more reasons than chance.
    """
    if peers is None:
        return None
    facts = desk.facts
    rows = _district_rows(desk, key, year)
    rows = rows[np.isin(facts.codes["organization_id"][rows], peers.organizations)]
    x = np.append(facts.x[rows], story.district.x)
    n = np.append(facts.n[rows], story.district.n)
    spread = funnel(x, n)
    if spread.reason is not None or abs(int(spread.outside[-1])) < 1:
        return None
    sign = 1.0 if story.what.good == "up" else -1.0
    return sign * float(spread.z_adjusted[-1])


def _together(
    desk: Desk, key: str, year: int, peers: Peers | None
) -> tuple[Counted, int] | None:
    """The peers' students together, and how many districts have the figure."""
    if peers is None:
        return None
    facts = desk.facts
    rows = _district_rows(desk, key, year)
    rows = rows[np.isin(facts.codes["organization_id"][rows], peers.organizations)]
    if len(rows) < FEWEST:
        return None
    counted = Counted(float(facts.x[rows].sum()), float(facts.n[rows].sum()))
    return counted, len(rows)


def _whole(desk: Desk, key: str, year: int) -> tuple[Text, Counted | None, int]:
    """The state's own figure, or all districts of the file when they are many."""
    facts = desk.facts
    rows = facts.rows(indicator=key, school_year=year, group_family=ALL_FAMILY)
    rows = rows[facts.shown[rows] & ~facts.doubted[rows]]
    level, codes = facts.codes["level"][rows], facts.words["level"]
    states = rows[level == codes.code(Level.STATE)]
    if len(states) == 1:
        return STATE, desk.counted(int(states[0])), 0
    rows = rows[level == codes.code(Level.DISTRICT)]
    if len(rows) < MANY or len(states) > 1:
        return STATE, None, 0
    label = Text(
        f"All {numbers.count(len(rows), 'en')} districts in the same file",
        f"Los {numbers.count(len(rows), 'es')} distritos del mismo archivo",
    )
    whole = Counted(float(facts.x[rows].sum()), float(facts.n[rows].sum()))
    return label, whole, len(rows)
