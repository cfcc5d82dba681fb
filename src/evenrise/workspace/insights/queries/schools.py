"""The list of schools: its filters, and a line for each.

No page ranks schools: lists stand by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import ngettext

from evenrise.publishing.page_store.model import (
    SchoolLine,
)
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.placing import fold


A_PAGE = 60  # schools of a list
TOLD_SHARES = (
    ("low_income", "low_income"),
    ("english_learner", "english_learner"),
    ("disability", "disability"),
)
KINDS: dict[str, Text] = {
    "elementary": Text("Elementary", "Primaria"),
    "middle": Text("Middle", "Secundaria intermedia"),
    "high": Text("High", "Preparatoria"),
    "k8": Text("Kindergarten to grade 8", "De kínder a octavo grado"),
    "k12": Text("Kindergarten to grade 12", "De kínder a duodécimo grado"),
    "alternative": Text("Alternative", "Alternativa"),
    "other": Text("Other grades", "Otros grados"),
}


def school_kind(kind: str | None, language: Language) -> str:
    """What kind of school it is; blank where nothing tells."""
    return KINDS[kind][language] if kind in KINDS else ""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school in the list."""

    name: str
    url: str
    kind: str
    students: str
    shares: tuple[str, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class SchoolsPage:
    """The list of schools, by name."""

    heads: tuple[str, ...]
    rows: list[SchoolRow]
    kinds: list[tuple[str, str, bool]]
    words: str
    place: str
    before: str
    after: str
    pages: int


def schools_page(
    stand: Stand, words: str, kind: str, page: int, language: Language
) -> SchoolsPage:
    """Schools by name, those whose name has the words."""
    every = stand.pages.schools()
    wanted = fold(words.strip())
    found = [
        one
        for one in every
        if (not wanted or wanted in fold(one.organization.name))
        and (not kind or one.kind == kind)
    ]
    last = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, page), last)
    clear: dict[str, int] = {}
    for finding in stand.findings:
        if finding.clear:
            code = finding.organization_id
            clear[code] = clear.get(code, 0) + 1
    labels = _labels(every, language)
    there = [name for name in KINDS if any(one.kind == name for one in every)]
    return SchoolsPage(
        heads=tuple(labels[one] for one in TOLD_SHARES if one in labels),
        rows=[
            SchoolRow(
                one.organization.called[language],
                shown.school_url(one.organization.organization_id),
                school_kind(one.kind, language),
                shown.count_words(one.students, language),
                tuple(
                    _share(one, name, language)
                    for name in TOLD_SHARES
                    if name in labels
                ),
                clear.get(one.organization.organization_id, 0),
            )
            for one in found[(page - 1) * A_PAGE : page * A_PAGE]
        ],
        kinds=[(name, school_kind(name, language), name == kind) for name in there],
        words=ngettext("%(count)s school.", "%(count)s schools.", len(found))
        % {"count": shown.count_words(len(found), language)},
        place=shown.page_words(page, last),
        before=_other_page(words, kind, page - 1) if page > 1 else "",
        after=_other_page(words, kind, page + 1) if page < last else "",
        pages=last,
    )


def _other_page(words: str, kind: str, page: int) -> str:
    told = {"q": words, "kind": kind, "page": page}
    return "?" + urlencode({name: value for name, value in told.items() if value})


def _labels(
    every: Sequence[SchoolLine], language: Language
) -> dict[tuple[str, str], str]:
    return {
        (share.group_family, share.group): share.label[language]
        for one in every
        for share in one.shares
        if (share.group_family, share.group) in TOLD_SHARES
    }


def _share(one: SchoolLine, name: tuple[str, str], language: Language) -> str:
    found = one.share(*name)
    return "–" if found is None else shown.share_words(found.share, language)
