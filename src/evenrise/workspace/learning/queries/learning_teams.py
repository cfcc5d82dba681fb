"""Learning teams as all staff read them: name, school, kind, goal, who leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_read_by
from evenrise.workspace.cycles.models import Cycle, MemberRole
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.queries.findings import Wanted, chosen_findings
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import day_words, finding_url, reader_language
from evenrise.workspace.learning.access import leads_team
from evenrise.workspace.learning.models import LearningTeam, TeamKind, TeamMember
from evenrise.workspace.people.models import Person, School


MOST = 200
MOST_FINDINGS = 25


@dataclass(frozen=True, slots=True)
class WantedTeams:
    """What a reader asked the list for; blank asks for all."""

    mine: bool = False
    school: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class LearningTeamLine:
    """A team as a row shows it."""

    url: str
    name: str
    kind: str
    school: str
    goal: str
    leads: str
    members: int
    mine: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class MemberShown:
    """Somebody of a team."""

    key: int
    name: str
    leads: bool
    me: bool


@dataclass(frozen=True, slots=True)
class LearningTeamPage:
    """A team as any of the staff reads it."""

    one: LearningTeam
    kind: str
    members: tuple[MemberShown, ...]
    mine: bool
    leads: bool
    removed: bool
    finding: str
    finding_url: str
    cycle: str
    cycle_language: Language
    cycle_key: int | None
    begins: str
    ends: str


def team_lines(person: Person, wanted: WantedTeams) -> tuple[LearningTeamLine, ...]:
    """The teams that stand, by school and name; those that ended come last."""
    rows = _chosen(person, wanted)
    today = timezone.localdate()
    found = [_line(person, row, today) for row in rows[:MOST]]
    return tuple(sorted(found, key=lambda line: line.ended))


def _chosen(person: Person, wanted: WantedTeams) -> QuerySet[LearningTeam]:
    rows = LearningTeam.objects.filter(removed_at__isnull=True)
    if wanted.mine:
        mine = TeamMember.objects.filter(person=person, left_at__isnull=True)
        rows = rows.filter(pk__in=mine.values("team"))
    if wanted.school:
        rows = rows.filter(school=wanted.school)
    if wanted.kind in TeamKind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.words:
        said = Q(name__icontains=wanted.words) | Q(goal__icontains=wanted.words)
        rows = rows.filter(said)
    return (
        rows.select_related("school")
        .prefetch_related(_members())
        .order_by("school__name", "name", "pk")
    )


def _members() -> Prefetch[str]:
    now = TeamMember.objects.filter(left_at__isnull=True).select_related("person")
    return Prefetch("members", queryset=now, to_attr="now")


def _line(person: Person, row: LearningTeam, today: dt.date) -> LearningTeamLine:
    members: list[TeamMember] = row.now  # type: ignore[attr-defined]
    return LearningTeamLine(
        reverse("learning_team", args=(row.pk,)),
        row.name,
        str(TeamKind(row.kind).label),
        "" if row.school is None else row.school.name,
        row.goal,
        ", ".join(one.person.name for one in members if one.role == MemberRole.LEAD),
        len(members),
        any(one.person_id == person.pk for one in members),
        row.ends_on is not None and row.ends_on < today,
    )


def learning_team_or_404(person: Person, key: int) -> LearningTeam:
    """A team; a removed one for whoever leads it alone.

    Raises:
        Http404: when it is not there.
    """
    found = (
        LearningTeam.objects.select_related("school", "cycle")
        .prefetch_related(_members())
        .filter(pk=key)
        .first()
    )
    if found is None or (
        found.removed_at is not None and not leads_team(person, found)
    ):
        raise Http404
    return found


def learning_team_page(person: Person, one: LearningTeam) -> LearningTeamPage:
    """Everything that the staff know of a team.

    Args:
        person: the reader.
        one: as `learning_team_or_404` gives it.
    """
    language = reader_language()
    members = tuple(_shown(person, one.now))  # type: ignore[attr-defined]
    headline = one.headline_es if language == "es" else one.headline_en
    cycle = _cycle(person, one)
    title: tuple[str, Language] = cycle.said("title", language) if cycle else ("", "en")
    return LearningTeamPage(
        one=one,
        kind=str(TeamKind(one.kind).label),
        members=members,
        mine=any(member.me for member in members),
        leads=any(member.me and member.leads for member in members),
        removed=one.removed_at is not None,
        finding=headline,
        finding_url=finding_url(one.finding_key) if one.finding_key else "",
        cycle=title[0],
        cycle_language=title[1],
        cycle_key=cycle.pk if cycle else None,
        begins=day_words(one.begins_on, language),
        ends=day_words(one.ends_on, language) if one.ends_on else "",
    )


def _shown(person: Person, members: Iterable[TeamMember]) -> Iterable[MemberShown]:
    for one in members:
        leads = one.role == MemberRole.LEAD
        yield MemberShown(
            one.person_id, one.person.name, leads, one.person_id == person.pk
        )


def _cycle(person: Person, one: LearningTeam) -> Cycle | None:
    """The team's cycle, where the reader reads it; others do not learn of it."""
    if one.cycle_id is None:
        return None
    return cycles_read_by(person).filter(pk=one.cycle_id).first()


def school_choices(person: Person) -> list[tuple[str, str]]:
    """The whole district, then one's own schools, then the others, by name."""
    own = own_schools(person)
    rows = list(
        School.objects.filter(current=True)
        .order_by("name")
        .values_list("school_id", "name")
    )
    rows.sort(key=lambda row: row[0] not in own)
    return [("", _("The whole district")), *rows]


def cycle_choices(person: Person, one: LearningTeam | None) -> list[tuple[str, str]]:
    """The cycles that the person reads, the latest first."""
    language = reader_language()
    rows = list(cycles_read_by(person).order_by("-pk")[:60])
    found = [(str(row.pk), row.said("title", language)[0]) for row in rows]
    known = {key for key, _title in found}
    kept = None if one is None else one.cycle_id
    if kept is not None and str(kept) not in known:
        found.insert(0, (str(kept), _("The cycle that the team has")))
    return [("", "–"), *found]


def findings_to_tie(
    stand: Stand, words: str, language: Language
) -> list[tuple[str, str]]:
    """Findings by words, as (key, headline); without words the review's main ones."""
    found = (
        chosen_findings(stand, Wanted(words=words), {}, frozenset(), language)
        if words
        else stand.pages.main()
    )
    return [(one.key, one.headline[language]) for one in found[:MOST_FINDINGS]]
