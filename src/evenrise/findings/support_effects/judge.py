"""May it be said that a support helps? The strongest design available decides.

    reading = judge(study)

At the line of a rule where there is one and enough students stand near it, else beside
alike students, doubly robust. "Helps" needs an interval on the good side of zero, in
balance, with overlap; "no useful difference" an interval without useful effects. What
is refused by METHODS card 9 is refused here, and "cannot tell yet" is a usual answer.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from evenrise.findings.support_effects import line_words, words
from evenrise.findings.support_effects.at_line import at_cutoff
from evenrise.findings.support_effects.reading import (
    Dosage,
    Doubt,
    NotAtLine,
    SupportReading,
    Verdict,
)
from evenrise.findings.support_effects.study import SupportStudy
from evenrise.findings.support_effects.weighted import (
    Compared,
    alike,
    confidence,
)
from evenrise.statistics import claims
from evenrise.statistics.claims import Refusal, Rung, Study, claim
from evenrise.statistics.detectable import USEFUL
from evenrise.statistics.e_value import e_value
from evenrise.statistics.rates import quantile
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


FEWEST = 20  # students given it and followed; fewer: cannot tell yet
MOST_SESSIONS = 0.8  # of those planned
POWER = 0.8
# Standardized differences as ratios: VanderWeele and Ding 2017, table 2.
_RATIO = 0.91

_DOUBTS = {
    Refusal.BEFORE_AFTER_ALONE: Doubt.NO_COMPARISON,
    Refusal.ATTRITION: Doubt.ATTRITION,
}


def judge(study: SupportStudy, at_line: SupportStudy | None = None) -> SupportReading:
    """The reading of one support.

    The smallest effect seen with power 0.8 is (z + 0.84) standard errors, 2.8 at one
    look of 95 %; the number of students needed grows with its square (Bloom 1995).

    Args:
        study: those given the support beside comparable students.
        at_line: everybody of whom the rule that assigns it speaks, where one does; used
            instead where its line can tell, else the reading says why not.
    """
    why_not = None
    ruled = study if at_line is None else at_line
    if ruled.rule is not None:
        found = at_cutoff(ruled, ruled.rule)
        if isinstance(found, Compared):
            return _reading(ruled, found, *_verdict(ruled, found), None)
        why_not = found
    n_given, n_compared = _counts(study)
    found = _compared(study, n_given, n_compared)
    return _reading(study, found, *_verdict(study, found), why_not)


def _counts(study: SupportStudy) -> tuple[int, int]:
    seen = study.followed
    return int((study.treated & seen).sum()), int((~study.treated & seen).sum())


def _compared(study: SupportStudy, n_given: int, n_compared: int) -> Compared:
    """Beside alike students; refused before it is computed where it must be."""
    n, seen = n_given + n_compared, (n_given, n_compared)
    if n_given < FEWEST:
        few = Estimate.unknown(Reason.TOO_FEW, n)
        se = _plain_error(study, n_given, n_compared)
        return Compared(Rung.WEIGHTED, few, se, seen, doubt=Doubt.FEW_GIVEN)
    if n_compared < FEWEST:
        nobody = Estimate.unknown(Reason.NO_STUDENTS, n)
        return Compared(Rung.BEFORE_AFTER, nobody, n=seen, doubt=Doubt.NO_COMPARISON)
    return alike(study)


def _verdict(study: SupportStudy, found: Compared) -> tuple[Verdict, Doubt | None]:
    if found.doubt is Doubt.FEW_GIVEN:
        return Verdict.CANNOT_TELL, found.doubt
    useful = _useful(study) or 0.0
    said = claim(
        Study(
            rung=found.rung,
            effect=found.effect,
            attrition=study.attrition(),
            useful=useful,
        )
    )
    if said.verdict is claims.Verdict.REFUSED:
        return Verdict.NOT_COMPARABLE, _DOUBTS[said.refusals[0]]
    if found.doubt in (Doubt.UNALIKE, Doubt.NO_COMPARISON):
        return Verdict.NOT_COMPARABLE, found.doubt
    if found.doubt is not None or found.effect.value is None:
        return Verdict.CANNOT_TELL, found.doubt or Doubt.NO_MODEL
    return _plain_verdict(study, found.effect, useful)


def _plain_verdict(
    study: SupportStudy, effect: Estimate, useful: float
) -> tuple[Verdict, Doubt | None]:
    """Of an effect that may be told: too small to matter, clear, or neither.

    An effect that is clear and surely too small to matter made no useful difference.
    """
    low, high = effect.lower or 0.0, effect.upper or 0.0
    if max(abs(low), abs(high)) < useful:
        return Verdict.NO_USEFUL_DIFFERENCE, None
    if effect.excludes_zero:
        better = (low > 0) == (study.measured.good == "up")
        return (Verdict.HELPS if better else Verdict.MAY_HARM), None
    return Verdict.CANNOT_TELL, Doubt.WIDE


def _reading(
    study: SupportStudy,
    found: Compared,
    verdict: Verdict,
    doubt: Doubt | None,
    why_not: NotAtLine | None,
) -> SupportReading:
    n_given, n_compared = found.n
    told = verdict is not Verdict.NOT_COMPARABLE
    useful = _useful(study) if told else None
    smallest = _smallest(study, found.se) if told else None
    clear = verdict in (Verdict.HELPS, Verdict.MAY_HARM)
    # A number nobody may compare is not told: it would be quoted.
    effect = found.effect
    if doubt not in (None, Doubt.WIDE) and effect.known:
        effect = Estimate.unknown(Reason.NOT_APPLICABLE, effect.n)
    more = _more(n_given, smallest, useful) if doubt is not None else None
    story = words.Story(
        study.measured,
        effect,
        n_given,
        n_compared,
        useful,
        smallest,
        more,
        FEWEST,
        study.attrition(),
        found.balance,
        at_line=found.line is not None,
    )
    ratio = _e_value(study, effect) if clear else None
    return SupportReading(
        support=study.support,
        measured=study.measured,
        verdict=verdict,
        doubt=doubt,
        rung=found.rung,
        effect=effect,
        n_given=n_given,
        n_compared=n_compared,
        dosage=_dosage(study),
        look=study.look,
        schools=len(np.unique(study.school[study.treated])),
        useful=useful,
        smallest=smallest,
        more=more,
        naive=_naive(study) if told else None,
        balance=found.balance,
        overlap=found.overlap,
        effective=found.effective,
        attrition=study.attrition(),
        unmatched=_aside(study, found),
        too_recent=study.too_recent,
        e_value=ratio,
        sentence=words.sentence(verdict, doubt, story),
        caveats=(
            *_caveats(study, found, ratio, told=told),
            *(() if why_not is None else (line_words.NOT_AT_LINE[why_not],)),
        ),
        line=found.line,
    )


def _aside(study: SupportStudy, found: Compared) -> int:
    """Students given it who are like nobody who was not; at a line, nobody is."""
    if found.line is not None:
        return 0
    return study.unmatched + _counts(study)[0] - found.n[0]


def _caveats(
    study: SupportStudy, found: Compared, ratio: float | None, *, told: bool
) -> tuple[Text, ...]:
    said: list[Text | None] = []
    if told:
        said.append(words.unrecorded(ratio) if found.rung is Rung.WEIGHTED else None)
        said.append(line_words.NEAR_LINE if found.line is not None else None)
        said.append(line_words.HEAPED if found.line and found.line.heaped else None)
        said.append(words.looked(study.look))
    said.append(words.dosage(_dosage(study)))
    one = len(np.unique(study.school[study.treated])) == 1
    said.append(words.ONE_SCHOOL if one and told else None)
    said.extend(words.set_aside(_aside(study, found), study.too_recent))
    return tuple(each for each in said if each is not None)


def _dosage(study: SupportStudy) -> Dosage:
    given = study.treated
    planned, delivered = study.planned[given], study.delivered[given]
    most = (planned > 0) & (delivered >= MOST_SESSIONS * planned)
    return Dosage(
        int(planned.sum()), int(delivered.sum()), int(given.sum()), int(most.sum())
    )


def _spread(study: SupportStudy) -> float | None:
    """The standard deviation of the outcome among those compared, or of all."""
    seen = study.followed
    others = study.outcome[seen & ~study.treated]
    values = others if len(others) > 1 else study.outcome[seen]
    if len(values) < 2:
        return None
    spread = float(values.std(ddof=1))
    return spread if spread > 0 else None


def _useful(study: SupportStudy) -> float | None:
    """The smallest effect that would matter: a quarter of a standard deviation."""
    if study.useful is not None:
        return study.useful
    spread = _spread(study)
    return None if spread is None else USEFUL * spread


def _plain_error(study: SupportStudy, n_given: int, n_compared: int) -> float | None:
    spread = _spread(study)
    if spread is None or not n_given or not n_compared:
        return None
    return spread * math.sqrt(1 / n_given + 1 / n_compared)


def _smallest(study: SupportStudy, se: float | None) -> float | None:
    if se is None or se <= 0:
        return None
    return (quantile(confidence(study)) + float(special.ndtri(POWER))) * se


def _more(n_given: int, smallest: float | None, useful: float | None) -> int | None:
    """How many more students would have to be given it to see a useful effect."""
    if smallest is None or not useful:
        return None
    needed = n_given * (smallest / useful) ** 2
    return max(FEWEST - n_given, math.ceil(needed - n_given), 0)


def _naive(study: SupportStudy) -> float | None:
    """The plain difference to all others, which misleads: those who need it get it."""
    seen = study.followed
    given, others = (
        study.outcome[seen & study.treated],
        study.outcome[seen & ~study.treated],
    )
    if min(len(given), len(others)) < FEWEST:
        return None
    plain = float(others.mean()) if study.everybody is None else study.everybody
    return float(given.mean()) - plain


def _e_value(study: SupportStudy, effect: Estimate) -> float | None:
    """For the end of the interval nearest to nothing."""
    spread = _spread(study)
    if spread is None or effect.lower is None or effect.upper is None:
        return None
    nearest = min(abs(effect.lower), abs(effect.upper))
    return e_value(math.exp(_RATIO * nearest / spread))
