"""Begin supports: one, or many at once; and take back what was begun today."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.batches import AT_ONCE, in_batches
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.actions.answering import keep_first_days
from evenrise.workspace.supports.actions.tiers import hold_students, place_in_tier
from evenrise.workspace.supports.models import (
    Flag,
    ProgressPoint,
    Review,
    Session,
    Support,
    SupportKind,
    TierPlacement,
)
from evenrise.workspace.supports.queries.reached import (
    sessions_between,
    supports_of,
)


REVIEW_AFTER = 6  # weeks
MOST = 500  # students in one go, from the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a support is to be. `sessions_planned` follows from dosage and dates.

    `baseline` and `target` are in the measure's own unit; `rises` says whether more of
    it is better.
    """

    kind: SupportKind
    tier: int
    goal: str
    owner: Person
    begins_on: dt.date
    review_on: dt.date
    planned_end_on: dt.date
    sessions_a_week: Decimal
    minutes: int
    exit_rule: str
    measure: str = ""
    baseline: float | None = None
    target: float | None = None
    rises: bool = True

    @property
    def sessions_planned(self) -> int:
        """How many sessions the dosage makes in these weeks."""
        return sessions_between(
            self.sessions_a_week, self.begins_on, self.planned_end_on
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of a batch: its key, how many began, who has the support already."""

    batch: str
    begun: int
    running: tuple[str, ...]  # keys of students


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of an undo: how many were taken back, and how many stay.

    A support with a session, a point or a review stays: somebody worked on it.
    """

    gone: int
    stay: int


def plan_from_menu(kind: SupportKind, *, owner: Person, begins_on: dt.date) -> Plan:
    """The plan that the menu proposes: its dosage, a review in six weeks."""
    language = page_language()
    return Plan(
        kind=kind,
        tier=kind.tier,
        goal="",
        owner=owner,
        begins_on=begins_on,
        review_on=begins_on + dt.timedelta(weeks=min(REVIEW_AFTER, kind.weeks)),
        planned_end_on=begins_on + dt.timedelta(weeks=kind.weeks),
        sessions_a_week=kind.sessions_a_week,
        minutes=kind.minutes,
        exit_rule=usual_exit_rule(),
        measure=kind.measure_es if language == "es" else kind.measure_en,
        rises=kind.rises,
    )


def usual_exit_rule() -> str:
    """When a support ends, unless somebody plans otherwise."""
    return _("The target is met at two reviews in a row.")


def begin_support(
    person: Person,
    *,
    student: Student,
    plan: Plan,
    because_of: Flag | None = None,
    in_tier: bool = False,
) -> Support:
    """Plan a support for one student; the flag that it answers keeps the day.

    Args:
        person: who plans it.
        student: within the person's reach, enrolled now.
        plan: what it is to be; see `plan_from_menu`.
        because_of: a flag of this student.
        in_tier: also place the student in the plan's tier, for the support's area.

    Raises:
        NotYours: when the person may not plan supports for this student.
        InputProblem: when the plan cannot stand; nothing was written.
    """
    if because_of is not None and because_of.student_id != student.pk:
        raise NotYours
    with transaction.atomic():
        batch = secrets.token_hex(6)
        rows = [(student.pk, plan, because_of)]
        done = create_supports(person, rows=rows, batch=batch)
        if done.running:
            raise InputProblem(_("This support is running already. Review it instead."))
        if in_tier and plan.tier > 1:
            _place_too(person, student, plan)
        made = Support.objects.get(batch=batch)
        record(
            person,
            "supports.begin_support",
            About("support", str(made.pk)),
            kind=plan.kind.key,
        )
        keep_first_days([student.pk])
    return made


def begin_batch(person: Person, *, students: Iterable[str], plan: Plan) -> Begun:
    """Plan the same support for many students, with the same owner and dates.

    Students who have it already are left as they are, and told.

    Raises:
        NotYours: when one of them is not within the person's reach.
        InputProblem: when the plan cannot stand; nothing was written.
    """
    keys = list(dict.fromkeys(students))
    if not keys:
        raise InputProblem(_("Choose at least one student."))
    if len(keys) > MOST:
        raise InputProblem(_("At most %(n)s students in one go.") % {"n": MOST})
    with transaction.atomic():
        batch = secrets.token_hex(6)
        rows = [(key, plan, None) for key in keys]
        done = create_supports(person, rows=rows, batch=batch)
        record(
            person,
            "supports.begin_batch",
            About("batch", batch),
            kind=plan.kind.key,
            supports=done.begun,
        )
        keep_first_days(keys)
    return done


def create_supports(
    person: Person,
    *,
    rows: Sequence[tuple[str, Plan, Flag | None]],
    batch: str,
) -> Begun:
    """Write supports: (student's key, plan, flag); checked in sets, not one by one.

    Within a transaction of the caller, who also writes the audit.

    Raises:
        NotYours: when a student is not within reach, or the right is missing.
        InputProblem: when an owner does not reach a student, or dates do not agree.
    """
    if not may_support(person):
        raise NotYours
    keys = {key for key, _plan, _flag in rows}
    if _within(person, keys, current=True) != keys:
        raise NotYours
    for plan in {id(plan): plan for _key, plan, _flag in rows}.values():
        refuse_dates(plan.begins_on, plan.review_on, plan.planned_end_on)
    _refuse_owners(person, rows)
    hold_students(list(keys))
    running = _running(rows)
    made = Support.objects.bulk_create(
        [
            _support(person, key, plan, flag, batch)
            for key, plan, flag in rows
            if (key, plan.kind.pk) not in running
        ],
        batch_size=AT_ONCE,
    )
    return Begun(batch, len(made), tuple(sorted(key for key, _kind in running)))


def _support(
    person: Person, key: str, plan: Plan, flag: Flag | None, batch: str
) -> Support:
    return Support(
        student_id=key,
        kind=plan.kind,
        tier=plan.tier,
        goal=plan.goal.strip(),
        owner=plan.owner,
        begins_on=plan.begins_on,
        review_on=plan.review_on,
        planned_end_on=plan.planned_end_on,
        sessions_a_week=plan.sessions_a_week,
        sessions_planned=plan.sessions_planned,
        minutes=plan.minutes,
        measure=plan.measure.strip(),
        baseline=plan.baseline,
        target=plan.target,
        rises=plan.rises,
        exit_rule=plan.exit_rule.strip(),
        because_of=flag,
        batch=batch,
        made_by=person,
    )


def refuse_dates(begins_on: dt.date, review_on: dt.date, ends_on: dt.date) -> None:
    """Dates that do not follow one another.

    Raises:
        InputProblem: which one, and what to do.
    """
    if ends_on <= begins_on:
        raise InputProblem(_("The planned end is not after the first day."))
    if not begins_on < review_on <= ends_on:
        raise InputProblem(
            _("The review is not between the first day and the planned end.")
        )


def _within(person: Person, keys: set[str], *, current: bool) -> set[str]:
    """Which of these students the person reaches today; some queries for all."""
    reach, found = reach_today(person), set[str]()
    for some in in_batches(sorted(keys)):
        seen = students_within(reach).filter(pk__in=some)
        if current:
            seen = seen.filter(current=True)
        found |= set(seen.order_by().values_list("pk", flat=True))
    return found


def not_reached_by(owner: Person, keys: set[str]) -> set[str]:
    """The students whom an owner could not see: the support would be lost for them."""
    if not owner.is_active or not may_support(owner):
        return keys
    if reach_of(owner, timezone.localdate()).district:
        return set()
    return keys - _within(owner, keys, current=False)


def _refuse_owners(
    person: Person, rows: Sequence[tuple[str, Plan, Flag | None]]
) -> None:
    by_owner: dict[int, tuple[Person, set[str]]] = {}
    for key, plan, _flag in rows:
        by_owner.setdefault(plan.owner.pk, (plan.owner, set()))[1].add(key)
    for owner, keys in by_owner.values():
        refuse_owner(person, owner, keys)


def refuse_owner(person: Person, owner: Person, students: set[str]) -> None:
    """An owner other than oneself who could not see every one of the students.

    Raises:
        InputProblem: who it is, and what to do.
    """
    if owner.pk != person.pk and not_reached_by(owner, students):
        raise InputProblem(
            _(
                "%(name)s does not see every one of these students and could not"
                " log a session. Choose somebody who does."
            )
            % {"name": owner.name}
        )


def _running(
    rows: Sequence[tuple[str, Plan, Flag | None]],
) -> set[tuple[str, int]]:
    """Which of these students have the same support now."""
    found: set[tuple[str, int]] = set()
    keys = sorted({key for key, _plan, _flag in rows})
    kinds = {plan.kind.pk for _key, plan, _flag in rows}
    for some in in_batches(keys):
        running = Support.objects.filter(
            student__in=some, kind__in=kinds, ended_on__isnull=True
        )
        found |= set(running.values_list("student_id", "kind_id"))
    return found & {(key, plan.kind.pk) for key, plan, _flag in rows}


def _place_too(person: Person, student: Student, plan: Plan) -> None:
    """Place the student in the support's tier, unless they are there or higher."""
    now = TierPlacement.objects.filter(
        student=student, area=plan.kind.area, ends_on__isnull=True
    ).first()
    if now is None or now.tier < plan.tier:
        place_in_tier(
            person,
            student=student,
            area=plan.kind.area,
            tier=plan.tier,
            reason=_("With the support: %(name)s")
            % {"name": plan.kind.name[page_language()]},
        )


def undo_batch(person: Person, *, batch: str) -> TakenBack:
    """Take back what one began today, as far as nobody worked on it yet.

    Raises:
        NotYours: when there is no such batch of the person's, begun today.
    """
    with transaction.atomic():
        begun = supports_of(person).filter(
            batch=batch, made_by=person, made_at__date=timezone.localdate()
        )
        rows = list(begun.values_list("pk", "student_id")) if batch else []
        if not rows:
            raise NotYours
        untouched = Support.objects.filter(
            ~Exists(Session.objects.filter(support=OuterRef("pk"), undone_at=None)),
            ~Exists(ProgressPoint.objects.filter(support=OuterRef("pk"))),
            ~Exists(Review.objects.filter(support=OuterRef("pk"), undone_at=None)),
            pk__in=[pk for pk, _key in rows],
        )
        gone = list(untouched.values_list("pk", flat=True))
        Support.objects.filter(pk__in=gone).delete()
        record(
            person,
            "supports.undo_batch",
            About("batch", batch),
            gone=len(gone),
            stay=len(rows) - len(gone),
        )
        keep_first_days([key for _pk, key in rows])
    return TakenBack(len(gone), len(rows) - len(gone))
