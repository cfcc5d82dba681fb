"""The pages "Does it help?": the readings that were made of the current records, said.

The readings name no student and no adult; fewer than 11 students are never told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.publishing import numbers
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.supports.models import EffectSet, SupportKind
from evenrise.workspace.supports.queries.acted import FEWEST
from evenrise.workspace.supports.queries.effects_line import (
    LineShown,
    line_facts,
    line_picture,
)


VERDICTS: dict[str, Any] = {
    "helps": gettext_lazy("Helps"),
    "no_useful_difference": gettext_lazy("No useful difference"),
    "may_harm": gettext_lazy("May harm"),
    "cannot_tell": gettext_lazy("Cannot tell yet"),
    "not_comparable": gettext_lazy("Not comparable"),
}
RUNGS: dict[str, Any] = {
    "lottery": gettext_lazy("A lottery decided who was given it."),
    "cutoff": gettext_lazy("A rule decided who was given it, by a line on a score."),
    "compared_series": gettext_lazy("Schools with it beside schools without it."),
    "weighted": gettext_lazy("Comparable students who were not given it."),
    "before_after": gettext_lazy("Only before and after: no effect can be told."),
}
_NOTHING = gettext_lazy("Nobody has looked yet")

Reading = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One support of the menu and what is known of it here."""

    name: str
    url: str
    verdict: str
    known: bool  # helps, harms or makes no difference: something can be told
    effect: str
    given: str
    told: bool  # enough students to tell anything


@dataclass(frozen=True, slots=True)
class HelpsPage:
    """All supports."""

    answer: str
    lines: list[HelpLine]
    when: str


def latest() -> EffectSet | None:
    """The readings of the records that were looked at last."""
    return EffectSet.objects.first()


def readings() -> dict[str, Reading]:
    """The latest readings by support."""
    kept = latest()
    return {} if kept is None else {one["support"]: one for one in kept.content}


def helps_page(language: Language) -> HelpsPage:
    """What is known of every support of the menu."""
    kept = latest()
    found = {} if kept is None else {one["support"]: one for one in kept.content}
    lines = [
        _line(kind, found.get(kind.key), language)
        for kind in SupportKind.objects.filter(active=True)
    ]
    return HelpsPage(
        _answer(found, lines, language),
        lines,
        "" if kept is None else numbers.day(kept.as_of, language),
    )


def _line(kind: SupportKind, one: Reading | None, language: Language) -> HelpLine:
    told = one is not None and one["n_given"] >= FEWEST
    verdict = str(VERDICTS[one["verdict"]]) if one is not None else str(_NOTHING)
    return HelpLine(
        name=kind.name[language],
        url=reverse("help_of", args=[kind.key]),
        verdict=verdict,
        known=one is not None and _can_tell(one),
        effect=effect_words(one, language) if one is not None and told else "–",
        given="–" if one is None else _n(one["n_given"], language),
        told=told,
    )


def _can_tell(one: Reading) -> bool:
    return one["verdict"] in {"helps", "no_useful_difference", "may_harm"}


def _answer(
    found: dict[str, Reading], lines: list[HelpLine], language: Language
) -> str:
    if not found:
        return _(
            "Nobody has looked yet: it is asked after each import, once supports with"
            " sessions are on record."
        )
    sure = sum(line.known for line in lines)
    told = {
        "all": numbers.count(len(lines), language),
        "sure": numbers.count(sure, language),
    }
    return (
        ngettext(
            "For %(sure)s of %(all)s supports our records can tell. For the others they"
            " cannot tell yet, which is the usual answer and no verdict.",
            "For %(sure)s of %(all)s supports our records can tell. For the others they"
            " cannot tell yet, which is the usual answer and no verdict.",
            sure,
        )
        % told
    )


def _n(students: int, language: Language) -> str:
    if students < FEWEST:
        return _("fewer than 11")
    return numbers.count(students, language)


def effect_words(one: Reading, language: Language) -> str:
    """The effect with its interval; a dash where none may be told."""
    effect = _estimate(one["effect"])
    if not effect.known:
        return "–"
    value = numbers.estimate(effect, one["unit"], language)
    interval = numbers.interval(effect, one["unit"], language)
    if interval == "–":
        return value
    return f"{value} ({interval})"


def _estimate(told: dict[str, Any]) -> Estimate:
    if told["value"] is None:
        return Estimate.unknown(Reason(told["reason"]), told["n"])
    return Estimate(told["value"], told["lower"], told["upper"], told["n"])


def _size(value: float | None, unit: str, language: Language) -> str:
    """A size without sign, in the unit of the effect."""
    if value is None:
        return ""
    return numbers.amount(abs(value), unit, language).removeprefix("+") + (
        "" if unit == "points" else " " + _("standard deviations")
    )


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One thing known before the start: how unlike, before and after comparing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One support."""

    name: str
    about: str
    heading: str
    answer: str
    verdict: str
    facts: list[tuple[str, str]]
    balance: list[BalanceLine]
    picture: Shown | None
    line: LineShown | None
    caveats: list[str]
    evidence: str
    source: str
    when: str


def help_page(key: str, language: Language) -> HelpPage | None:
    """What is known of one support here; None where the menu has none of this key."""
    kind = SupportKind.objects.filter(key=key).first()
    if kind is None:
        return None
    kept = latest()
    one = readings().get(key)
    about = {"en": kind.about_en, "es": kind.about_es}[language]
    told = one is not None and one["n_given"] >= FEWEST
    return HelpPage(
        name=kind.name[language],
        about=about,
        heading=_("Does this support help: %(support)s?")
        % {"support": kind.name[language]},
        answer=_sentence(one, language),
        verdict=str(VERDICTS[one["verdict"]]) if one is not None else str(_NOTHING),
        facts=_facts(one, language) if one is not None and told else [],
        balance=_balance(one, language) if one is not None and told else [],
        picture=_picture(one, language) if one is not None and told else None,
        line=line_picture(one, language) if one is not None and told else None,
        caveats=[text[language] for text in one["caveats"]] if one and told else [],
        evidence=kind.get_evidence_display(),
        source=kind.evidence_source,
        when="" if kept is None else numbers.day(kept.as_of, language),
    )


def _sentence(one: Reading | None, language: Language) -> str:
    if one is None:
        return _(
            "Nobody has looked yet: too few were given this support, or too short a"
            " time ago."
        )
    if one["n_given"] < FEWEST:
        return _(
            "Cannot tell yet: fewer than 11 students were given this support and could"
            " be followed."
        )
    return str(one["sentence"][language])


def _facts(one: Reading, language: Language) -> list[tuple[str, str]]:
    """Pairs of a word and what it is."""
    unit, dosage = one["unit"], one["dosage"]
    measure = f"{one['measure'][language]} {one['when'][language]}"
    facts = [
        (_("What was looked at"), measure[:1].upper() + measure[1:]),
        (
            _("Difference at the line")
            if one.get("line")
            else _("Difference to comparable students"),
            effect_words(one, language),
        ),
        (
            _("Difference before anything was made comparable"),
            _signed(one["naive"], unit, language),
        ),
        (
            _("Smallest effect that could have been seen"),
            _size(one["smallest"], unit, language),
        ),
        (_("Smallest effect that would matter"), _size(one["useful"], unit, language)),
        (
            _("Students near the line and past it")
            if one.get("line")
            else _("Students given it, and followed"),
            _n(one["n_given"], language),
        ),
        (
            _("Students near the line and short of it")
            if one.get("line")
            else _("Comparable students"),
            _n(one["n_compared"], language),
        ),
        (_("Schools"), numbers.count(one["schools"], language)),
        (_("Sessions"), _dosage(dosage, language)),
        (_("How they were compared"), str(RUNGS.get(one["rung"] or "", ""))),
        *line_facts(one.get("line"), language),
    ]
    if one["more"]:
        more = _("%(more)s more students would have to be given it") % {
            "more": numbers.count(one["more"], language)
        }
        facts.append((_("To see an effect that would matter"), more))
    return [(word, told) for word, told in facts if told and told != "–"]


def _signed(value: float | None, unit: str, language: Language) -> str:
    if value is None:
        return ""
    return numbers.estimate(Estimate(value), unit, language)


def _dosage(dosage: dict[str, int], language: Language) -> str:
    if not dosage["planned"]:
        return ""
    return _(
        "%(given)s of %(planned)s planned were given; %(most)s of %(students)s students"
        " got four fifths or more of theirs"
    ) % {
        "given": numbers.count(dosage["delivered"], language),
        "planned": numbers.count(dosage["planned"], language),
        "most": _n(dosage["most"], language),
        "students": _n(dosage["students"], language),
    }


def _balance(one: Reading, language: Language) -> list[BalanceLine]:
    return [
        BalanceLine(
            row["name"][language][:1].upper() + row["name"][language][1:],
            numbers.number(row["before"], 2, language),
            "–" if row["after"] is None else numbers.number(row["after"], 2, language),
        )
        for row in one["balance"]
    ]


def _picture(one: Reading, language: Language) -> Shown | None:
    """How unlike the two sides were before, and are after, on one scale."""
    rows = [row for row in one["balance"] if row["after"] is not None]
    if not rows:
        return None
    title = Text(
        "How alike those compared are (0 is alike)",
        "Qué tan parecidos son quienes se comparan (0 es igual)",
    )
    marks = []
    for row in rows:
        name = Text(**row["name"])
        marks.append(
            Mark(
                Text(f"{name.en}: before", f"{name.es}: antes"),
                Estimate(abs(row["before"])),
            )
        )
        marks.append(
            Mark(
                Text(f"{name.en}: compared", f"{name.es}: comparados"),
                Estimate(abs(row["after"])),
                "focus",
            )
        )
    most = max(abs(row["after"]) for row in rows)
    picture = GapDots(
        title,
        Text(
            f"Of {len(rows)} things known before the start, the largest difference left"
            f" is {most:.2f} standard deviations.",
            f"De {len(rows)} datos conocidos antes del inicio, la mayor diferencia que"
            f" queda es de {most:.2f} desviaciones estándar.",
        ),
        Scale("sd", "neutral", title),
        tuple(marks),
    )
    return show(picture, language, "balance")
