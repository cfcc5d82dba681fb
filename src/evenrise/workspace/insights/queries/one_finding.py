"""The page of one finding: what it says, what was decided and said about it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.publishing.page_store.model import FindingLine, FindingPage
from evenrise.publishing.story import FindingStory
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.models import Decision, Remark, Start, Verdict
from evenrise.workspace.insights.queries.pictures import Shown, show_drawn
from evenrise.workspace.insights.queries.stand import Stand


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
