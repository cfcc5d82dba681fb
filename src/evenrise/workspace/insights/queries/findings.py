"""The list of findings with its filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing.page_store.model import FindingLine
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.models import Decision, Verdict
from evenrise.workspace.insights.queries.indicators import Choice
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.people.placing import fold


A_PAGE = 25
# A state beside the verdicts: what the snapshot before did not have.
NEW = "new"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked the list for; blank asks for everything."""

    kind: str = ""
    certainty: str = ""
    school: str = ""
    indicator: str = ""
    state: str = ""
    words: str = ""
    page: int = 1

    def query(self, page: int) -> str:
        """The address of another page of the same list."""
        told = {
            "kind": self.kind,
            "certainty": self.certainty,
            "school": self.school,
            "indicator": self.indicator,
            "state": self.state,
            "q": self.words,
            "page": page if page > 1 else "",
        }
        return "?" + urlencode({name: v for name, v in told.items() if v})


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in the list."""

    headline: str
    sentence: str
    url: str
    kind: str
    place: str
    sure: str
    certainty: str
    students: str
    state: str
    is_new: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The list of findings."""

    items: list[Item]
    words: str
    place: str
    pages: int
    before: str
    after: str
    filters: list[tuple[str, str, list[Choice]]]  # name, label, options
    csv_url: str


def findings_page(stand: Stand, wanted: Wanted, language: Language) -> FindingsPage:
    """The findings that were asked for, in reading order."""
    states = dict(
        Decision.objects.filter(latest=True).values_list("finding_key", "verdict")
    )
    new = stand.new_keys()
    found = chosen_findings(stand, wanted, states, new, language)
    last = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, wanted.page), last)
    return FindingsPage(
        items=[
            item(one, states.get(one.key, ""), language, is_new=one.key in new)
            for one in found[(page - 1) * A_PAGE : page * A_PAGE]
        ],
        words=_words(stand, len(found), states, language),
        place=shown.page_words(page, last),
        pages=last,
        before=wanted.query(page - 1) if page > 1 else "",
        after=wanted.query(page + 1) if page < last else "",
        csv_url=reverse("findings_csv") + wanted.query(1),
        filters=_choices(stand, wanted, language),
    )


def _words(stand: Stand, found: int, states: dict[str, str], language: Language) -> str:
    """How many there are, how many are kept, how many wait."""
    verdicts = [states.get(one.key, Verdict.OPEN) for one in stand.findings]
    told = ngettext("%(count)s finding.", "%(count)s findings.", found) % {
        "count": shown.count_words(found, language)
    }
    return (
        told
        + " "
        + _(
            "Of all %(every)s: %(kept)s kept, %(aside)s set aside,"
            " %(open)s not decided."
        )
        % {
            "every": shown.count_words(len(verdicts), language),
            "kept": shown.count_words(verdicts.count(Verdict.KEPT), language),
            "aside": shown.count_words(verdicts.count(Verdict.SET_ASIDE), language),
            "open": shown.count_words(verdicts.count(Verdict.OPEN), language),
        }
    )


def chosen_findings(
    stand: Stand,
    wanted: Wanted,
    states: dict[str, str],
    new: frozenset[str],
    language: Language,
) -> list[FindingLine]:
    """The lines that pass every filter."""
    words = fold(wanted.words.strip())

    def passes(one: FindingLine) -> bool:
        state = states.get(one.key, Verdict.OPEN)
        return (
            wanted.kind in ("", one.kind)
            and wanted.certainty in ("", one.certainty)
            and wanted.school in ("", one.organization_id)
            and wanted.indicator in ("", one.indicator)
            and (
                not wanted.state
                or (one.key in new if wanted.state == NEW else state == wanted.state)
            )
            and (not words or words in fold(_searched(one, language)))
        )

    return [one for one in stand.findings if passes(one)]


def _searched(one: FindingLine, language: Language) -> str:
    return f"{one.headline[language]} {one.sentence[language]} {one.organization_name}"


def item(one: FindingLine, state: str, language: Language, *, is_new: bool) -> Item:
    """A line of the list."""
    return Item(
        headline=one.headline[language],
        sentence=shown.short_words(one, language),
        url=shown.finding_url(one.key),
        kind=shown.kind_words(one.kind, language),
        place=one.organization_name,
        sure=""
        if one.kind is Kind.DATA_QUALITY
        else shown.certainty_words(one.certainty, language),
        certainty=str(one.certainty),
        students=shown.count_words(one.students, language) if one.students else "",
        state=str(Verdict(state).label) if state not in ("", Verdict.OPEN) else "",
        is_new=is_new,
    )


def _choices(
    stand: Stand, wanted: Wanted, language: Language
) -> list[tuple[str, str, list[Choice]]]:
    kinds = dict.fromkeys(one.kind for one in stand.findings)
    places = {one.organization_id: one.organization_name for one in stand.findings}
    indicators = dict.fromkeys(one.indicator for one in stand.findings if one.indicator)
    titles = {one.key: one.title[language] for one in stand.pages.indicators()}
    by_place = sorted(
        places.items(), key=lambda one: (one[0] != stand.district_id, one[1])
    )
    told = (
        (
            "kind",
            _("Kind"),
            [(str(kind), shown.kind_words(kind, language)) for kind in kinds],
            wanted.kind,
        ),
        (
            "certainty",
            _("How sure"),
            [(str(c), shown.certainty_words(c, language)) for c in Certainty],
            wanted.certainty,
        ),
        ("school", _("Where"), by_place, wanted.school),
        (
            "indicator",
            _("Indicator"),
            [(key, titles.get(key, key)) for key in indicators],
            wanted.indicator,
        ),
        (
            "state",
            _("Decision"),
            [
                (NEW, _("New in this snapshot")),
                *((v.value, str(v.label)) for v in Verdict),
            ],
            wanted.state,
        ),
    )
    return [
        (name, label, _options(options, chosen))
        for name, label, options, chosen in told
    ]


def _options(told: Iterable[tuple[str, str]], chosen: str) -> list[Choice]:
    return [
        Choice("", _("Everything"), not chosen),
        *(Choice(value, label, value == chosen) for value, label in told),
    ]
