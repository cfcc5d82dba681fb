"""Fills an invented district's workspace: its people, its figures, what is public.

Everything is done by the same verbs that people use, by the cast, one after the other.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils import timezone

from evenrise.findings.review import Reviewed
from evenrise.publishing.page_store.prepare import write_pages
from evenrise.records.snapshots import Snapshot
from evenrise.vocabulary.progress import Progress
from evenrise.workspace.cycles.demo import place_cycles
from evenrise.workspace.cycles.demo_visits import place_visits
from evenrise.workspace.data.standing import (
    make_current,
    page_file,
    pages_of,
    standing,
)
from evenrise.workspace.learning.demo import place_learning
from evenrise.workspace.people.cast import place_cast
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.demo import place_plan
from evenrise.workspace.plans.models import Edition
from evenrise.workspace.reports import actions
from evenrise.workspace.reports.models import Briefing, Release
from evenrise.workspace.reports.plan_releasing import propose_plan
from evenrise.workspace.reports.releasing import lay_out, ledger, publish_figures
from evenrise.workspace.supports.demo import place_supports


def place_demo(
    made: Reviewed,
    snapshot: Snapshot,
    on: dt.date,
    progress: Progress,
    supports: Path | None = None,
) -> None:
    """Show the snapshot, place the cast and its supports, and let two release it.

    Run again on the same records, it changes nothing.

    Args:
        made: the review of the snapshot.
        snapshot: the invented records.
        on: the day of the demo.
        progress: hears how far the work is.
        supports: the folder of the supports that students were given; None where
            there is none.
    """
    now = standing()
    # Where the machine's day is ahead of the district's, posts would begin tomorrow.
    begins = min(on, timezone.localdate())
    if now is not None and now.snapshot == snapshot.id:
        place_cast(begins)
        return
    write_pages(made, snapshot, page_file(snapshot.id), progress)
    make_current(snapshot, as_of=on, by=None)
    people = place_cast(begins)
    if supports is not None:
        progress.step("flags and supports", 0, 1)
        place_supports(snapshot, on, people, supports)
        progress.step("flags and supports", 1, 1)
    progress.step("a plan", 0, 1)
    editions = place_plan(pages_of(snapshot.id), on, people)
    progress.step("a plan", 1, 1)
    progress.step("cycles and learning", 0, 1)
    place_cycles(pages_of(snapshot.id), on, people)
    place_visits(pages_of(snapshot.id), begins, people)
    place_learning(pages_of(snapshot.id), people)
    progress.step("cycles and learning", 1, 1)
    figures = _release_figures(made, snapshot, people)
    for edition in editions:
        _release_plan(edition, people)
    _release_briefing(made, people, figures)


def _release_figures(
    made: Reviewed, snapshot: Snapshot, people: dict[str, Person]
) -> Release:
    release = actions.propose_figures(person=people["steward"])
    lay_out(
        release=release, made=made, snapshot=snapshot, beside=len(ledger().releases())
    )
    lead = people["superintendent"]
    actions.approve(person=lead, release=release, content=release.content)
    return publish_figures(person=lead, release=release)


def _release_plan(edition: Edition, people: dict[str, Person]) -> None:
    """Proposed by the cabinet, read and approved by the data steward."""
    release = propose_plan(person=people["cabinet"], edition=edition)
    second = people["steward"]
    actions.approve(person=second, release=release, content=release.content)
    actions.make_public(person=second, release=release)


def _release_briefing(
    made: Reviewed, people: dict[str, Person], figures: Release
) -> None:
    """A first briefing in both languages, of the three main findings."""
    if Briefing.objects.filter(snapshot=figures.snapshot).exists():
        return
    writer, lead = people["steward"], people["superintendent"]
    briefing = actions.begin_briefing(
        person=writer,
        language="en",
        words=actions.Words(title="What our records ask of us this year"),
    )
    actions.choose_findings(
        person=writer,
        briefing=briefing,
        findings=[one.key for one in made.review.main[:3]],
    )
    actions.edit_edition(
        person=writer,
        briefing=briefing,
        language="en",
        words=actions.Words(
            title="What our records ask of us this year",
            opening="Three findings stand out. Each says how many students it "
            "concerns, and how sure we can be.",
            closing="We visit the schools that do well with the same students, and "
            "report here in spring what we changed.",
        ),
        seen_version=1,
        follows_other=False,
    )
    actions.edit_edition(
        person=writer,
        briefing=briefing,
        language="es",
        words=actions.Words(
            title="Lo que nuestros registros nos piden este año",
            opening="Tres hallazgos sobresalen. Cada uno dice a cuántos estudiantes "
            "se refiere y qué tan seguros podemos estar.",
            closing="Visitaremos las escuelas que logran más con estudiantes "
            "parecidos y en primavera contaremos aquí qué cambiamos.",
        ),
        seen_version=0,
        follows_other=True,
    )
    release = actions.propose_briefing(person=writer, briefing=briefing)
    actions.approve(person=lead, release=release, content=release.content)
    actions.make_public(person=lead, release=release)
