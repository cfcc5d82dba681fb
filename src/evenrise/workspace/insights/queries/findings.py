"""The pages of findings: the list with its filters, and one finding whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing.page_store.model import FindingLine, FindingPage
from evenrise.publishing.story import FindingStory
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.models import Decision, Remark, Start, Verdict
from evenrise.workspace.insights.queries.indicators import Choice
from evenrise.workspace.insights.queries.pictures import Shown, show_drawn
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


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table behind a finding."""

    words: str
    kind: str
    span: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One remark of the discussion."""

    remark: Remark
    day: str
    own: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One decision in a finding's history."""

    words: str
    reason: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything that a finding's page shows of the finding itself."""

    line: FindingLine | None  # None: this snapshot no longer makes the finding
    key: str
    headline: str
    sentence: str
    story: FindingStory | None
    picture: Shown | None
    heads: tuple[str, ...]
    rows: list[list[Cell]]
    source: str
    is_new: bool
    indicator_url: str
    indicator: str
    place: str
    place_url: str
    decision: Decision | None
    state: str
    decided: str
    changed_since: str  # what it said then, where the numbers changed since
    history: list[Step]
    remarks: list[Said]
    starts: list[Start]


def finding_whole(stand: Stand, key: str, language: Language) -> Whole | None:
    """A finding with what people decided and said; None where nobody knows the key.

    A finding that the current snapshot no longer makes is still shown in the words of
    its last decision, so that what was kept does not disappear.
    """
    page = stand.pages.finding(key)
    decisions = list(
        Decision.objects.filter(finding_key=key).select_related("by", "undoes")
    )
    if page is None and not decisions:
        return None
    latest = decisions[0] if decisions else None
    line = page.line if page else None
    told = page.told[language] if page else None
    headline = line.headline if line else latest.headline if latest else None
    sentence = line.sentence if line else latest.sentence if latest else None
    if headline is None or sentence is None:
        return None
    place = line.organization_id if line else latest.organization_id if latest else ""
    return Whole(
        line=line,
        key=key,
        headline=headline[language],
        sentence=sentence[language],
        story=told,
        picture=show_drawn(page.picture, language, told.picture_title, told.reading)
        if page and told
        else None,
        heads=told.table.heads if told and told.table else (),
        rows=_rows(page, told, language) if page and told else [],
        source=told.table.source if told and told.table else "",
        is_new=key in stand.new_keys(),
        **_where(stand, line, place, language),
        decision=latest,
        state=_state(latest),
        decided=_decided(latest, language),
        changed_since=_changed(latest, line, language),
        history=[_step(one, language) for one in decisions],
        remarks=_remarks(stand, key, language),
        starts=list(
            Start.objects.filter(finding_key=key)
            .filter(Q(withdrawn_at=None) | Q(by=stand.person))
            .select_related("by")
        ),
    )


def _where(
    stand: Stand, line: FindingLine | None, place: str, language: Language
) -> dict[str, str]:
    indicator = line.indicator if line else None
    info = stand.pages.indicator(indicator) if indicator else None
    organization = stand.pages.organization(place)
    school = stand.school_of(place)
    return {
        "indicator": info.title[language] if info else "",
        "indicator_url": shown.indicator_url(
            info.key,
            place=school,
            family=line.group_family if line else "",
            group=line.group if line else "",
            year=line.school_year if line else "",
        )
        if info
        else "",
        "place": organization.called[language] if organization else place,
        "place_url": shown.school_url(school) if school and organization else "",
    }


def _rows(
    page: FindingPage, told: FindingStory, language: Language
) -> list[list[Cell]]:
    """The story's table, each row leading to its fact where it has one."""
    if told.table is None:
        return []
    waiting = list(page.plain.get("evidence", ()))
    rows = []
    for row in told.table.rows:
        label, url = row[0].words, ""
        for place, evidence in enumerate(waiting):
            if label.endswith(evidence["label"][language]):
                url = _named_url(evidence.get("fact"))
                del waiting[: place + 1]
                break
        rows.append([Cell(c.words, c.kind, c.span, url) for c in row])
    return rows


def _named_url(name: dict[str, str | int] | None) -> str:
    if not name:
        return ""
    told = {
        "year": name["school_year"],
        "level": name["level"],
        "place": name["organization_id"],
        "family": name["group_family"],
        "group": name["group"],
    }
    return f"{reverse('fact', args=[name['indicator']])}?{urlencode(told)}"


def _state(latest: Decision | None) -> str:
    if latest is None or latest.verdict == Verdict.OPEN:
        return ""
    return str(Verdict(latest.verdict).label)


def _decided(latest: Decision | None, language: Language) -> str:
    if latest is None or latest.verdict == Verdict.OPEN:
        return ""
    told = {"name": latest.by.name, "day": shown.day_words(latest.at, language)}
    if latest.verdict == Verdict.KEPT:
        return _("Kept by %(name)s on %(day)s.") % told
    return _("Set aside by %(name)s on %(day)s.") % told


def _changed(
    latest: Decision | None, line: FindingLine | None, language: Language
) -> str:
    """What the finding said when it was decided, where it says something else now."""
    if latest is None or latest.verdict == Verdict.OPEN or line is None:
        return ""
    now = Text(line.sentence.en, line.sentence.es)
    return "" if latest.sentence == now else latest.sentence[language]


def _step(one: Decision, language: Language) -> Step:
    told = {"name": one.by.name}
    if one.undoes is not None:
        words = _("%(name)s undid a decision") % told
    elif one.verdict == Verdict.KEPT:
        words = _("%(name)s kept it") % told
    elif one.verdict == Verdict.SET_ASIDE:
        words = _("%(name)s set it aside") % told
    else:
        words = _("%(name)s reopened it") % told
    return Step(words, one.reason, shown.day_words(one.at, language))


def _remarks(stand: Stand, key: str, language: Language) -> list[Said]:
    found = (
        Remark.objects.filter(finding_key=key)
        .select_related("by")
        .prefetch_related("versions")
    )
    return [
        Said(one, shown.day_words(one.at, language), one.by_id == stand.person.pk)
        for one in found
    ]
