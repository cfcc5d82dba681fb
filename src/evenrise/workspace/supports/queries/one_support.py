"""One support's page: goal, progress against the aim line, sessions, reviews."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing.charts.progress_line import (
    ProgressLine,
    Step,
    draw_progress_line,
)
from evenrise.statistics.progress_rule import AimLine, ProgressReading, read_progress
from evenrise.vocabulary.text import Text
from evenrise.workspace.insights.queries.pictures import Shown, show_by
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import (
    ProgressPoint,
    Review,
    Session,
    Support,
)
from evenrise.workspace.supports.models.words import AREA_NAMES
from evenrise.workspace.supports.queries.reached import planned_by
from evenrise.workspace.supports.said import (
    day_words,
    decision_words,
    delivered_words,
    dosage_words,
    ended_words,
    kind_name,
    reading_words,
    tier_words,
    trend_words,
    value_words,
    why_not_words,
)


SHOWN_SESSIONS = 40
LATE = 7  # days after which the page says when a session was written down


@dataclass(frozen=True, slots=True)
class PointShown:
    """A point of progress: its day, its value, the aim of that day."""

    key: int
    on: str
    value: str
    aim: str


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session: given or not, and why not."""

    key: int
    on: str
    given: bool
    minutes: int | None
    why_not: str
    by: str
    written: str  # the day it was written down, where that was a week later or more


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """A review: what was decided, why, by whom."""

    on: str
    decision: str
    reason: str
    next_on: str
    by: str
    key: int


@dataclass(frozen=True, slots=True)
class SupportPage:
    """Everything the page shows."""

    key: int
    student: str
    student_url: str
    grade: str
    name: str
    area: str
    tier: str
    goal: str
    owner: str
    dosage: str
    dates: str
    review_on: str
    review_late: bool
    exit_rule: str
    measure: str
    baseline: str
    target: str
    delivered: str
    by_now: str
    reading: str
    trend: str
    picture: Shown | None
    points: tuple[PointShown, ...]
    sessions: tuple[SessionShown, ...]
    sessions_in_all: int
    reviews: tuple[ReviewShown, ...]
    ended: str
    end_reason: str
    ended_today: bool


def support_page(one: Support, today: dt.date) -> SupportPage:
    """The page of a support that the person reaches; four queries.

    Args:
        one: with its student, kind and owner.
        today: the day.
    """
    points = list(one.points.filter(undone_at__isnull=True).order_by("on", "pk"))
    sessions = list(
        one.sessions.filter(undone_at__isnull=True).select_related("by").all()
    )
    reviews = list(one.reviews.filter(undone_at=None).select_related("by"))
    given = sum(session.delivered for session in sessions)
    language = page_language()
    aim = aim_of(one)
    reading = reading_of(one, points, reviews)
    return SupportPage(
        key=one.pk,
        student=one.student.name,
        student_url=reverse("student", args=(one.student_id,)),
        grade=grade_words(one.student.grade),
        name=kind_name(one.kind),
        area=str(AREA_NAMES[one.kind.area]),
        tier=tier_words(one.tier),
        goal=one.goal,
        owner=one.owner.name,
        dosage=dosage_words(one.sessions_a_week, one.minutes),
        dates=_("%(first)s to %(last)s")
        % {"first": day_words(one.begins_on), "last": day_words(one.planned_end_on)},
        review_on=day_words(one.review_on),
        review_late=one.review_on < today and one.ended_on is None,
        exit_rule=one.exit_rule,
        measure=one.measure,
        baseline=value_words(one.baseline),
        target=value_words(one.target),
        delivered=delivered_words(given, one.sessions_planned),
        by_now=_by_now(one, given, today),
        reading=reading_words(reading, len(points)),
        trend=trend_words(reading, language),
        picture=_picture(one, points, reviews, reading),
        points=tuple(_point(point, aim) for point in points),
        sessions=tuple(_session(session) for session in sessions[:SHOWN_SESSIONS]),
        sessions_in_all=len(sessions),
        reviews=tuple(_review(review) for review in reviews),
        ended=ended_words(one.ended_how) if one.ended_on else "",
        end_reason=one.end_reason,
        ended_today=one.ended_on == today,
    )


def _by_now(one: Support, given: int, today: dt.date) -> str:
    by_now = planned_by(one, today)
    if given >= by_now:
        return _("as planned so far")
    return _("%(n)s were planned by now") % {"n": by_now}


def aim_of(one: Support) -> AimLine | None:
    """The aim line; days count from the first day of the support."""
    if one.baseline is None or one.target is None:
        return None
    days = (one.planned_end_on - one.begins_on).days
    return AimLine(0, one.baseline, days, one.target)


def reading_of(
    one: Support, points: list[ProgressPoint], reviews: list[Review]
) -> ProgressReading | None:
    """What the rules say of the points since the support began or last changed."""
    aim = aim_of(one)
    if aim is None:
        return None
    since = max([one.begins_on, *changed_on(reviews)])
    counted = [point for point in points if point.on >= since]
    return read_progress(
        [(point.on - one.begins_on).days for point in counted],
        [point.value for point in counted],
        aim,
        rises=one.rises,
    )


def changed_on(reviews: list[Review]) -> list[dt.date]:
    """The days on which a review made the support more or less."""
    return sorted(
        review.on
        for review in reviews
        if review.decision in {Review.Decision.INTENSIFY, Review.Decision.FADE}
    )


def _picture(
    one: Support,
    points: list[ProgressPoint],
    reviews: list[Review],
    reading: ProgressReading | None,
) -> Shown | None:
    aim = None
    if one.baseline is not None and one.target is not None:
        aim = (
            Step(one.begins_on, one.baseline),
            Step(one.planned_end_on, one.target),
        )
    if not points:
        return None
    language = page_language()
    title = one.measure or _("Progress")
    said = reading_words(reading, len(points))
    changes = tuple(
        (
            review.on,
            Text(
                decision_words(review.decision),
                decision_words(review.decision),
            ),
        )
        for review in reversed(reviews)
        if review.decision in {Review.Decision.INTENSIFY, Review.Decision.FADE}
    )
    picture = ProgressLine(
        title=Text(title, title),
        alternative=Text(said, said),
        points=tuple(Step(point.on, point.value) for point in points),
        aim=aim,
        changes=changes,
    )
    # Its sentence is the answer of the page.
    return show_by(partial(draw_progress_line, picture), language, "progress", title)


def _point(point: ProgressPoint, aim: AimLine | None) -> PointShown:
    begun = point.support.begins_on
    shown = (
        "–"
        if aim is None
        else value_words(round(float(aim.at([(point.on - begun).days])[0]), 1))
    )
    return PointShown(point.pk, day_words(point.on), value_words(point.value), shown)


def _session(session: Session) -> SessionShown:
    written = timezone.localdate(session.at)
    return SessionShown(
        session.pk,
        day_words(session.held_on),
        session.delivered,
        session.minutes,
        why_not_words(session.why_not),
        "" if session.by is None else session.by.name,
        day_words(written) if (written - session.held_on).days >= LATE else "",
    )


def _review(review: Review) -> ReviewShown:
    return ReviewShown(
        day_words(review.on),
        decision_words(review.decision),
        review.reason,
        day_words(review.next_on) if review.next_on else "",
        "" if review.by is None else review.by.name,
        review.pk,
    )


def review_to_undo(one: Support, person: Person, today: dt.date) -> int | None:
    """The latest review, where the person wrote it today; None otherwise."""
    latest = one.reviews.filter(undone_at=None).first()
    if latest is None or latest.by_id != person.pk or latest.on != today:
        return None
    return int(latest.pk) if latest.before else None
