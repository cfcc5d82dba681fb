"""Schools like a school: of the same kind, nearest by who their students are.

Compared are the shares of students from low-income families, of English learners and
of students with disabilities, and the number of students (its logarithm); never what
students got, and never race: two schools are not alike because their students look
alike. Where there are enough schools of the kind, the distance is Mahalanobis's, which
does not count twice what goes together (Rubin 1980, Biometrics 36:293), with the
covariance shrunk as Ledoit and Wolf proposed (2004, Journal of Multivariate Analysis
88:365). Otherwise it is Euclid's, in standard deviations of all the district's schools:
three high schools have no spread to speak of. Divided by the root of the number of
things compared, so that 1 is one standard deviation in each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.findings.desk import Desk, group_words
from evenrise.findings.sentences import numbers
from evenrise.findings.served import Served
from evenrise.findings.table import Floats
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Language, Text


COMPARED = ("low_income", "english_learner", "disability")
KEPT = 10  # schools for each school
ENOUGH = 25  # schools of a kind; below, a covariance of four would be mostly chance
FEW = 5.0  # students that stand in for a number that is hidden because it is small
SAME_SHARE, OTHER_SHARE = 0.05, 0.10
SAME_SIZE, OTHER_SIZE = 1.25, 1.5
VERY_NEAR, NEAR = 0.5, 1.0

CLOSENESS = (
    (VERY_NEAR, Text("Students very much alike", "Estudiantes muy parecidos")),
    (NEAR, Text("Students much alike", "Estudiantes bastante parecidos")),
    (
        float("inf"),
        Text(
            "The nearest there is, though it differs more",
            "La más cercana que hay, aunque difiere más",
        ),
    ),
)
RULE = Text(
    "Schools of the same kind whose students are most like this school's: by the "
    "shares of students from low-income families, of English learners and of students "
    "with disabilities, and by the number of students. Results play no part, and "
    "neither does race.",
    "Escuelas del mismo tipo cuyos estudiantes más se parecen a los de esta: por los "
    "porcentajes de estudiantes de familias con bajos ingresos, de estudiantes que "
    "aprenden inglés y de estudiantes con discapacidad, y por el número de "
    "estudiantes. Los resultados no cuentan, y la raza tampoco.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """Schools of a district and who their students are.

    `shares` has one row a school and one column for each of COMPARED, nan where the
    number is hidden or unknown; `few` says that it is hidden because it is small.
    """

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    students: Floats
    shares: Floats
    few: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Alike:
    """One school near another."""

    code: str
    distance: float
    closeness: Text
    in_common: tuple[Text, ...]
    differs: tuple[Text, ...]


def schools_of(
    desk: Desk,
    served: Served,
    kinds: Mapping[str, str],
    students: Mapping[tuple[str, str], int],
) -> Schools:
    """The schools that can be compared: of a known kind and number of students."""
    facts = desk.facts
    codes = tuple(
        sorted(code for code in kinds if students.get((Level.SCHOOL, code), 0) > 0)
    )
    place = {
        facts.words["organization_id"].code(code): at for at, code in enumerate(codes)
    }
    size = np.array([students[Level.SCHOOL, code] for code in codes], dtype=np.float64)
    shares = np.full((len(codes), len(COMPARED)), np.nan)
    few = np.zeros(shares.shape, np.bool_)
    here = served.level == facts.words["level"].code(Level.SCHOOL)
    for column, family in enumerate(COMPARED):
        own = here & (served.family == facts.words["group_family"].code(family))
        if not own.any():
            continue
        few[:, column] = True  # nobody, or too few to tell that there is somebody
        group = served.group[own]
        yes = group == facts.words["group"].code(family)
        no = group == facts.words["group"].code(FAMILIES[family].complement or "")
        parts = (served.organization[own], served.share[own], served.few[own])
        for school, share, small, is_yes, is_no in zip(*parts, yes, no, strict=True):
            at = place.get(int(school))
            if at is None or not (is_yes or is_no):
                continue
            if not np.isnan(share):
                shares[at, column] = share if is_yes else 1.0 - share
            elif is_yes:
                few[at, column] = small
    few &= np.isnan(shares)
    return Schools(codes, tuple(kinds[code] for code in codes), size, shares, few)


def alike(schools: Schools, most: int = KEPT) -> dict[str, tuple[Alike, ...]]:
    """For each school the nearest of its kind, nearest first.

    Args:
        schools: who their students are.
        most: how many for each.
    """
    if not schools.codes:
        return {}
    kinds = np.array(schools.kinds, dtype=object)
    everywhere = _features(schools, np.arange(len(kinds))).std(axis=0)
    found: dict[str, tuple[Alike, ...]] = {}
    for kind in sorted(set(schools.kinds)):
        rows = np.flatnonzero(kinds == kind)
        distance = _distances(schools, rows, everywhere)
        for at, row in enumerate(rows):
            order = np.argsort(distance[at], kind="stable")
            near = [int(one) for one in order if one != at][:most]
            found[schools.codes[row]] = tuple(
                _told(schools, int(row), int(rows[one]), float(distance[at, one]))
                for one in near
            )
    return found


def _distances(schools: Schools, rows: NDArray[np.int64], everywhere: Floats) -> Floats:
    """Between all schools of one kind, in standard deviations.

    Args:
        schools: who their students are.
        rows: the schools of the kind.
        everywhere: the standard deviations over the schools of all kinds.
    """
    features = _features(schools, rows)
    spread = features.std(axis=0) if len(rows) >= ENOUGH else everywhere
    kept = spread > 0
    z = (features[:, kept] - features[:, kept].mean(axis=0)) / spread[kept]
    if not z.shape[1]:
        return np.zeros((len(rows), len(rows)))
    if len(rows) >= ENOUGH:
        z = z @ np.linalg.cholesky(np.linalg.inv(shrunk_covariance(z)))
    apart = z[:, None, :] - z[None, :, :]
    return np.asarray(np.sqrt((apart**2).sum(axis=2) / z.shape[1]), dtype=np.float64)


def _features(schools: Schools, rows: NDArray[np.int64]) -> Floats:
    """Shares and log number of students; what is hidden stands in the middle.

    A number hidden because it is small is taken as five students; any other hidden
    number as the mean of the kind, which sets nobody apart.
    """
    size = schools.students[rows]
    shares = schools.shares[rows].copy()
    few = schools.few[rows]
    shares = np.where(few, np.minimum(FEW / size[:, None], 1.0), shares)
    for column in range(shares.shape[1]):
        known = ~np.isnan(shares[:, column])
        mean = shares[known, column].mean() if known.any() else 0.0
        shares[~known, column] = mean
    return np.column_stack([shares, np.log(size)])


def shrunk_covariance(z: Floats) -> Floats:
    """Ledoit and Wolf's covariance of rows whose columns have mean 0.

    Shrunk towards the identity times the mean variance, by the share that loses least
    in expectation (their 2004 paper, section 3.3).

    Args:
        z: one row an observation, one column a variable, centred.
    """
    n, p = z.shape
    sample = z.T @ z / n
    middle = np.trace(sample) / p
    target = middle * np.eye(p)
    away = float(((sample - target) ** 2).sum())
    if away == 0:
        return np.asarray(sample, dtype=np.float64)
    each = np.einsum("ni,nj->nij", z, z) - sample
    noise = min(float((each**2).sum()) / n**2, away)
    share = noise / away
    return np.asarray(share * target + (1 - share) * sample, dtype=np.float64)


def _told(schools: Schools, here: int, there: int, distance: float) -> Alike:
    common: list[Text] = []
    other: list[tuple[float, Text]] = []
    sizes = schools.students[here], schools.students[there]
    ratio = max(sizes) / min(sizes)
    if ratio <= SAME_SIZE:
        common.append(_same_size(*sizes))
    elif ratio >= OTHER_SIZE:
        other.append((float(np.log(ratio)) / 4, _other_size(*sizes)))
    for column, family in enumerate(COMPARED):
        a, b = schools.shares[here, column], schools.shares[there, column]
        if schools.few[here, column] and schools.few[there, column]:
            common.append(_few_at_both(family))
        elif abs(a - b) <= SAME_SHARE:
            common.append(_same_share(family, (a, sizes[0]), (b, sizes[1])))
        elif abs(a - b) >= OTHER_SHARE:
            text = _other_share(family, (a, sizes[0]), (b, sizes[1]))
            other.append((float(abs(a - b)), text))
    other.sort(key=lambda one: -one[0])
    closeness = next(words for limit, words in CLOSENESS if distance < limit)
    return Alike(
        schools.codes[there],
        round(distance, 3),
        closeness,
        tuple(common),
        tuple(text for _, text in other),
    )


def _same_size(here: float, there: float) -> Text:
    a, b = _counts((there, here), "en"), _counts((there, here), "es")
    return Text(
        f"About as many students: {a[0]}, and {a[1]} here.",
        f"Un número parecido de estudiantes: {b[0]}, y {b[1]} aquí.",
    )


def _other_size(here: float, there: float) -> Text:
    a, b = _counts((there, here), "en"), _counts((there, here), "es")
    more = there > here
    return Text(
        f"{'More' if more else 'Fewer'} students: {a[0]}, and {a[1]} here.",
        f"{'Más' if more else 'Menos'} estudiantes: {b[0]}, y {b[1]} aquí.",
    )


def _counts(counts: Sequence[float], language: Language) -> list[str]:
    return [numbers.count(one, language) for one in counts]


Rate = tuple[float, float]  # share, students


def _same_share(family: str, here: Rate, there: Rate) -> Text:
    students = group_words(family, family)
    en, es = _rates((there, here), "en"), _rates((there, here), "es")
    return Text(
        f"About the same share of {students.en}: {en[0]}, and {en[1]} here.",
        f"Un porcentaje parecido de {students.es}: {es[0]}, y {es[1]} aquí.",
    )


def _other_share(family: str, here: Rate, there: Rate) -> Text:
    students = group_words(family, family)
    en, es = _rates((there, here), "en"), _rates((there, here), "es")
    more = there[0] > here[0]
    return Text(
        f"A {'larger' if more else 'smaller'} share of {students.en}: {en[0]}, and "
        f"{en[1]} here.",
        f"Un porcentaje {'mayor' if more else 'menor'} de {students.es}: {es[0]}, y "
        f"{es[1]} aquí.",
    )


def _rates(rates: Sequence[Rate], language: Language) -> list[str]:
    return [numbers.share(share * n, n, language) for share, n in rates]


def _few_at_both(family: str) -> Text:
    students = group_words(family, family)
    return Text(
        f"Few {students.en} at both, or none; the numbers are hidden.",
        f"En ambas hay muy pocos {students.es}, o ninguno; los números están ocultos.",
    )
