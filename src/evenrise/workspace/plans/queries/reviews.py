"""A review's page: steps late and done, readings, what was noticed and decided.

The page is made of plain values, in both languages, so that closing keeps it as it
stood; an open review is shown by the same values, made anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.standing import pages_of, standing
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.access import people_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.models import (
    Edition,
    EditionState,
    Plan,
    ReviewItem,
    ReviewMeeting,
    StepReport,
)
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.readings import readings_of_plan
from evenrise.workspace.plans.said import Words, numbered, state_words


Plain = dict[str, Any]
_OPEN = frozenset({"planned", "begun"})


def review_facts(review: ReviewMeeting) -> Plain:
    """What stands now, in plain values: to be shown, or kept when it closes."""
    plan, now = review.plan, standing()
    content = content_of(plan)
    pages = pages_of(now.snapshot) if now else None
    adopted = Edition.objects.filter(plan=plan, state=EditionState.ADOPTED)
    return {
        "as_of": timezone.localdate().isoformat(),
        "snapshot": now.snapshot if now else "",
        "edition": adopted.values_list("number", flat=True).first(),
        "rungs": _rungs(plan, content, review),
        "measures": [
            {
                "rung": key,
                "label": str(reading.label),
                "title_en": reading.promise.what.en,
                "title_es": reading.promise.what.es,
                "sentence_en": reading.sentence.en,
                "sentence_es": reading.sentence.es,
            }
            for key, readings in readings_of_plan(content, pages).items()
            for reading in readings.values()
        ],
    }


def _rungs(plan: Plan, content: PlanContent, review: ReviewMeeting) -> list[Plain]:
    numbers_ = content.numbers()
    today = timezone.localdate().isoformat()
    notes = {
        one.rung.key: one for one in review.items.select_related("rung", "owner").all()
    }
    reports = _reports(plan)
    departments = {one.key: one for one in content.departments}
    found = []
    for one in content.rungs:
        department = departments.get(one.department)
        found.append(
            {
                "key": one.key,
                "kind": one.kind,
                "number": numbers_.get(one.key, ""),
                "title_en": one.title_en,
                "title_es": one.title_es,
                "department_en": department.name_en if department else "",
                "department_es": department.name_es if department else "",
                "ends_on": one.ends_on,
                "state": one.state,
                "late": bool(
                    one.state in _OPEN and one.ends_on and one.ends_on < today
                ),
                "report": reports.get(one.key, ""),
                **_note(notes.get(one.key)),
            }
        )
    return found


def _reports(plan: Plan) -> dict[str, str]:
    """The latest words about each step, by the rung's key."""
    rows = (
        StepReport.objects.filter(rung__plan=plan, taken_back_at=None)
        .order_by("id")
        .values_list("rung__key", "note")
    )
    return dict(rows)


def _note(item: ReviewItem | None) -> Plain:
    if item is None:
        return {"noticed": "", "decided": "", "owner": "", "due_on": "", "item": 0}
    return {
        "noticed": item.noticed,
        "decided": item.decided,
        "owner": item.owner.name if item.owner else "",
        "due_on": item.due_on.isoformat() if item.due_on else "",
        "item": item.pk,
    }


@dataclass(frozen=True, slots=True)
class RungLine:
    """One rung on a review's table."""

    key: str
    counted: str
    title: Words
    state: str
    late: bool
    until: str
    department: str
    report: str
    noticed: str
    decided: str
    owner: str
    due: str
    item: int
    done: str  # the day on which what was decided was done
    readings: tuple[tuple[str, str], ...]  # (title, sentence)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review, open or as it was closed."""

    review: ReviewMeeting
    title: Words
    held: str
    answer: str
    edition: int | None
    as_of: str
    goals: tuple[RungLine, ...]
    late: tuple[RungLine, ...]
    done: tuple[RungLine, ...]
    stopped: tuple[RungLine, ...]
    others: tuple[RungLine, ...]
    decisions: tuple[RungLine, ...]
    may: bool


def review_page(
    person: Person, review: ReviewMeeting, language: Language
) -> ReviewPage:
    """A review's page: kept values where it is closed, else what stands now."""
    kept: Plain | None = review.page if review.closed_at else None
    facts = review_facts(review) if kept is None else kept
    done = {
        one.pk: one.done_at for one in review.items.all() if one.done_at is not None
    }
    lines = [_line(one, facts["measures"], done, language) for one in facts["rungs"]]
    rows = list(zip(facts["rungs"], lines, strict=True))
    steps = [(row, line) for row, line in rows if row["kind"] == "step"]
    late = tuple(line for row, line in steps if row["late"])
    finished = tuple(line for row, line in steps if row["state"] == "done")
    return ReviewPage(
        review=review,
        title=title_of(review, language),
        held=numbers.day(review.held_on, language),
        answer=_answer(len(steps), len(finished), len(late)),
        edition=facts["edition"],
        as_of=_day(facts["as_of"], language),
        goals=tuple(
            line
            for row, line in rows
            if (row["kind"] in {"goal", "strategy"} and (line.readings or line.noticed))
            or row["kind"] == "goal"
        ),
        late=late,
        done=finished,
        stopped=tuple(line for row, line in steps if row["state"] == "stopped"),
        others=tuple(
            line for row, line in steps if row["state"] in _OPEN and not row["late"]
        ),
        decisions=tuple(line for line in lines if line.decided),
        may=may_write(person, review.plan),
    )


def _answer(steps: int, done: int, late: int) -> str:
    told = ngettext(
        "%(done)s of %(steps)s step is done",
        "%(done)s of %(steps)s steps are done",
        steps,
    ) % {"done": done, "steps": steps}
    if not late:
        return _("%(done)s; none is late.") % {"done": told}
    rest = ngettext("%(n)s is late.", "%(n)s are late.", late) % {"n": late}
    return f"{told}; {rest}"


def _line(
    row: Plain,
    measures: Sequence[Mapping[str, str]],
    done: Mapping[int, dt.datetime],
    language: Language,
) -> RungLine:
    own = row[f"title_{language}"]
    other = "es" if language == "en" else "en"
    finished = done.get(row["item"])
    return RungLine(
        key=row["key"],
        counted=numbered(row["kind"], row["number"]),
        title=Words(own or row[f"title_{other}"], "" if own else other),
        state=state_words(row["state"]) if row["state"] else "",
        late=row["late"],
        until=_day(row["ends_on"], language),
        department=row[f"department_{language}"],
        report=row["report"],
        noticed=row["noticed"],
        decided=row["decided"],
        owner=row["owner"],
        due=_day(row["due_on"], language),
        item=row["item"],
        done=numbers.day(timezone.localdate(finished), language) if finished else "",
        readings=tuple(
            (one[f"title_{language}"], one[f"sentence_{language}"])
            for one in measures
            if one["rung"] == row["key"]
        ),
    )


def _day(told: str, language: Language) -> str:
    return numbers.day(dt.date.fromisoformat(told), language) if told else ""


def title_of(review: ReviewMeeting, language: Language) -> Words:
    """A review's title as this reader meets it."""
    own = getattr(review, f"title_{language}")
    other = "es" if language == "en" else "en"
    return Words(own or getattr(review, f"title_{other}"), "" if own else other)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in a list."""

    review: ReviewMeeting
    title: Words
    held: str
    decisions: int
    waiting: int  # decisions that nobody said are done


def reviews_of(plan: Plan, language: Language) -> list[ReviewLine]:
    """The reviews of a plan, the latest first."""
    decided = ~Q(items__decided="") & Q(items__pk__isnull=False)
    rows = (
        ReviewMeeting.objects.filter(plan=plan)
        .defer("page")
        .annotate(
            decided=Count("items", filter=decided),
            waiting=Count("items", filter=decided & Q(items__done_at=None)),
        )
        .order_by("-held_on", "-id")
    )
    return [
        ReviewLine(
            one,
            title_of(one, language),
            numbers.day(one.held_on, language),
            one.decided,
            one.waiting,
        )
        for one in rows
    ]


def review_named(plan: Plan, key: int) -> ReviewMeeting | None:
    """A review of a plan."""
    found = ReviewMeeting.objects.filter(plan=plan, pk=key).first()
    if found is not None:
        found.plan = plan
    return found


def people_to_act() -> QuerySet[Person]:
    """Who may be asked to do something about a plan: whoever sees plans."""
    return people_with(Right.SEE_FINDINGS, timezone.localdate())


def decisions_due(person: Person) -> list[Due]:
    """What a review decided and is the person's to do, and is due within a week."""
    if not person.may(Right.SEE_FINDINGS):
        return []
    rows = (
        ReviewItem.objects.filter(
            owner=person,
            done_at=None,
            due_on__lte=timezone.localdate() + dt.timedelta(days=7),
            review__plan__set_aside_at=None,
        )
        .exclude(decided="")
        .select_related("review__plan")
        .order_by("due_on")[:5]
    )
    return [
        Due(
            _("From a review: %(decided)s") % {"decided": one.decided[:120]},
            reverse("review", args=[one.review.plan.slug, one.review_id]),
        )
        for one in rows
    ]
