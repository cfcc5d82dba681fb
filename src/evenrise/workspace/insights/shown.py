"""Numbers and days as a page shows them: the reader's language, made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing import numbers
from evenrise.publishing.page_store.model import (
    FactLine,
    FindingLine,
    IndicatorInfo,
)
from evenrise.publishing.wording import CERTAINTY, KINDS, reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, PAIR
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Language, Text


_UNITS = {"count": "students"}
_SURE: dict[Certainty, Text] = {
    Certainty.DIFFERENT: Text("different", "diferente"),
    Certainty.UNCLEAR: Text("unclear", "no está claro"),
    Certainty.TOO_FEW: Text("too few to say", "muy pocos para decirlo"),
}


def reader_language() -> Language:
    """The language of this page."""
    return "es" if (get_language() or "").startswith("es") else "en"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as a row of a table: every number leads to where it comes from."""

    label: str
    url: str
    value: str  # or why there is none
    interval: str
    n: str
    known: bool
    focus: bool = False
    gap: str = ""  # beside all other students
    gap_interval: str = ""
    certainty: str = ""
    link: str = ""  # of the label, where it leads somewhere


def value_words(one: FactLine, info: IndicatorInfo, language: Language) -> str:
    """The value, or what may be said in its place."""
    if one.estimate.known:
        return numbers.estimate(
            one.estimate, _UNITS.get(info.unit, info.unit), language
        )
    if one.bound is not None:
        return one.bound[language]
    return reason(one.estimate.reason, language)


def interval_words(one: FactLine, info: IndicatorInfo, language: Language) -> str:
    """The interval; a dash where there is none."""
    if not one.estimate.known:
        return "–"
    return numbers.interval(one.estimate, _UNITS.get(info.unit, info.unit), language)


def estimate_words(one: Estimate | None, unit: str, language: Language) -> str:
    """An estimate's value; a dash where there is none."""
    if one is None or not one.known:
        return "–"
    return numbers.estimate(one, _UNITS.get(unit, unit), language)


def interval_of(one: Estimate | None, unit: str, language: Language) -> str:
    """An estimate's interval; a dash where there is none."""
    if one is None or not one.known:
        return "–"
    return numbers.interval(one, _UNITS.get(unit, unit), language)


def fact_row(
    one: FactLine,
    info: IndicatorInfo,
    language: Language,
    *,
    label: str | None = None,
    link: str = "",
    focus: bool = False,
) -> Row:
    """A fact as a row."""
    # "Everybody else" of a two-way family: the same gap, told by the group itself.
    gap = None if one.gap is None or one.gap.mirrored else one.gap
    unit = "points" if info.unit == "share" else info.unit
    return Row(
        label=one.label[language] if label is None else label,
        url=fact_url(one),
        value=value_words(one, info, language),
        interval=interval_words(one, info, language),
        n=numbers.count(one.denominator, language),
        known=one.estimate.known,
        focus=focus,
        gap=numbers.estimate(gap.difference, unit, language) if gap else "–",
        gap_interval=numbers.interval(gap.difference, unit, language) if gap else "–",
        certainty=sure(gap.certainty, language) if gap else "",
        link=link,
    )


def fact_url(one: FactLine) -> str:
    """Where a number's origin is told; its name, so that it survives new snapshots."""
    name = {
        "year": one.school_year,
        "level": str(one.organization.level),
        "place": one.organization.organization_id,
        "family": one.group_family,
        "group": one.group,
    }
    return f"{reverse('fact', args=[one.indicator])}?{urlencode(name)}"


def indicator_url(key: str, **chosen: object) -> str:
    """An indicator's page with what is chosen on it."""
    kept = {name: value for name, value in chosen.items() if value not in (None, "")}
    url = reverse("indicator", args=[key])
    return f"{url}?{urlencode(kept)}" if kept else url


def finding_url(key: str) -> str:
    """A finding's page."""
    return reverse("finding", args=[key])


def school_url(organization_id: str) -> str:
    """A school's page."""
    return reverse("school", args=[organization_id])


def indicators_trail() -> list[tuple[str, str]]:
    """Where an indicator's page stands."""
    return [(reverse("indicators"), _("Indicators"))]


def indicator_trail(key: str, title: str) -> list[tuple[str, str]]:
    """Where a page about one number or one definition stands."""
    return [*indicators_trail(), (indicator_url(key), title)]


def schools_trail() -> list[tuple[str, str]]:
    """Where a school's page stands."""
    return [(reverse("schools"), _("Schools"))]


def findings_trail() -> list[tuple[str, str]]:
    """Where a finding's page stands."""
    return [(reverse("findings"), _("Findings"))]


def evidence_trail() -> list[tuple[str, str]]:
    """Where a page of written evidence stands."""
    return [(reverse("evidence"), _("Evidence"))]


def recommendations_trail() -> list[tuple[str, str]]:
    """Where a recommendation's page stands."""
    return [(reverse("recommendations"), _("Recommendations"))]


def place_url(one: FactLine) -> str:
    """The page of a fact's school; blank for a district."""
    if one.organization.level is not Level.SCHOOL:
        return ""
    return school_url(one.organization.organization_id)


def short_words(one: FindingLine, language: Language) -> str:
    """A finding in one sentence: its short form, else all of it."""
    return (one.short or one.sentence)[language]


def sure(certainty: Certainty, language: Language) -> str:
    """The only words for how sure the numbers let us be."""
    return _SURE[certainty][language]


def certainty_words(certainty: Certainty, language: Language) -> str:
    """The same as a whole phrase."""
    return CERTAINTY[certainty][language]


def kind_words(kind: Kind | str, language: Language) -> str:
    """What a kind of finding is called."""
    return KINDS[Kind(kind)][language]


def family_words(code: str, language: Language) -> str:
    """What a family of groups, or a pair of families, is called."""
    parts = [
        FAMILIES[part].name[language] if part in FAMILIES else part
        for part in code.split(PAIR)
    ]
    joined = _("%(first)s and %(second)s")
    if len(parts) == 1:
        return parts[0]
    return joined % {"first": parts[0], "second": _within(parts[1])}


def _within(name: str) -> str:
    """A name inside a phrase: small, but English stays a proper name."""
    return name if name.startswith("English") else name.lower()


def all_words(language: Language) -> str:
    """All students."""
    return FAMILIES[ALL_FAMILY].name[language]


def year_words(spring: int) -> str:
    """2026 is `2025-26`."""
    return numbers.school_year(spring)


def day_words(moment: dt.datetime | dt.date | None, language: Language) -> str:
    """A day in words; a moment is told as its day here."""
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime):
        moment = timezone.localtime(moment).date()
    return numbers.day(moment, language)


def count_words(n: float | None, language: Language) -> str:
    """A count with grouped thousands."""
    return numbers.count(n, language)


def share_words(share: float | None, language: Language) -> str:
    """A share without decimals; a word where it is hidden."""
    if share is None:
        return _("hidden")
    return numbers.amount(share, "share", language, digits=0)


def page_words(page: int, pages: int) -> str:
    """Where a reader is in a list of several pages."""
    return _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}


def listed(parts: Iterable[str]) -> str:
    """`a, b and c` in the reader's language."""
    told = list(parts)
    if len(told) < 2:
        return "".join(told)
    return _("%(first)s and %(second)s") % {
        "first": ", ".join(told[:-1]),
        "second": told[-1],
    }


def answer_words(fact: FactLine, info: IndicatorInfo, language: Language) -> str:
    """One number as a sentence, with its interval and n, or why it is not told."""
    told = {
        "title": info.title[language],
        "place": fact.organization.called[language],
        "year": year_words(fact.school_year),
        "value": value_words(fact, info, language),
        "interval": interval_words(fact, info, language),
        "n": count_words(fact.denominator, language),
    }
    if not fact.estimate.known:
        return _("%(title)s at %(place)s in %(year)s: %(value)s.") % told
    if fact.estimate.lower is None or fact.denominator is None:
        return _("%(title)s at %(place)s in %(year)s: %(value)s.") % told
    return (
        _(
            "%(title)s at %(place)s in %(year)s: %(value)s of %(n)s students"
            " (95%% interval %(interval)s)."
        )
        % told
    )
