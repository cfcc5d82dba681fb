"""One number and where it comes from: its rule, snapshot, file and row."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing.page_store.model import FactLine, IndicatorInfo
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.words import table_name
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """One number and where it comes from."""

    title: str
    answer: str
    row: Row
    counts: str
    pairs: list[tuple[str, str]]
    files: list[tuple[str, str]]
    tables: str
    indicator_url: str
    definition_url: str
    definition: str
    gap: str


def fact_page(
    stand: Stand, key: str, name: dict[str, str], language: Language
) -> FactPage | None:
    """The origin of one fact, by its name; None where there is no such fact."""
    if not name.get("year", "").isdigit():
        return None
    found = stand.pages.facts(
        key,
        school_year=int(name["year"]),
        organization_id=name.get("place") or stand.district_id,
        level=name.get("level") or None,
        family=name.get("family") or ALL_FAMILY,
        group=name.get("group") or ALL_STUDENTS,
    )
    if not found:
        return None
    fact = found[0]
    trace = stand.pages.trace(fact)
    row = shown.fact_row(fact, trace.info, language)
    is_school = fact.organization.level is Level.SCHOOL
    pairs = [
        (_("Indicator"), trace.info.title[language]),
        (_("Place"), fact.organization.called[language]),
        (_("School year"), shown.year_words(fact.school_year)),
        (_("Group"), fact.label[language]),
        (_("Rule of"), trace.authority),
        (_("Version of the definition"), str(trace.definition_version)),
        (_("Snapshot of the records"), trace.snapshot),
        (_("As the records stood on"), shown.day_words(trace.as_of, language)),
    ]
    if trace.file:
        pairs.append((_("File"), trace.file))
    if trace.row is not None:
        pairs.append((_("Row"), shown.count_words(trace.row, language)))
    pairs.append((_("Worked out by"), trace.software))
    place = fact.organization.organization_id if is_school else ""
    return FactPage(
        title=trace.info.title[language],
        answer=_answer(fact, trace.info, language),
        row=row,
        counts=_counts(fact, language),
        pairs=pairs,
        files=[(one.file, _rows(one.rows, language)) for one in trace.files],
        tables=", ".join(table_name(one, language) for one in trace.tables),
        indicator_url=shown.indicator_url(
            key,
            place=place,
            year=fact.school_year,
            family="" if fact.group_family == ALL_FAMILY else fact.group_family,
        ),
        definition_url=reverse("definition", args=[key]),
        definition=trace.info.definition[language],
        gap=_gap(fact, row),
    )


def _answer(fact: FactLine, info: IndicatorInfo, language: Language) -> str:
    told = shown.answer_words(fact, info, language)
    if fact.group_family == ALL_FAMILY:
        return told
    return f"{fact.label[language]}. {told}"


def _rows(rows: int | None, language: Language) -> str:
    if rows is None:
        return ""
    return ngettext("%(rows)s row", "%(rows)s rows", rows) % {
        "rows": shown.count_words(rows, language)
    }


def _counts(fact: FactLine, language: Language) -> str:
    if fact.in_question:
        return _("A question about the data hangs over this number: it is set aside.")
    if fact.numerator is None or fact.denominator is None:
        if fact.hidden_because:
            return _(
                "The counts are hidden, so that no student can be recognized, also"
                " not by subtracting other numbers."
            )
        return ""
    return _("Counted: %(x)s of %(n)s.") % {
        "x": shown.count_words(fact.numerator, language),
        "n": shown.count_words(fact.denominator, language),
    }


def _gap(fact: FactLine, row: Row) -> str:
    if fact.gap is None:
        return ""
    told = _(
        "Compared with all other students: %(gap)s (95%% interval %(interval)s), "
        "%(sure)s."
    )
    return told % {
        "gap": row.gap,
        "interval": row.gap_interval,
        "sure": row.certainty,
    }
