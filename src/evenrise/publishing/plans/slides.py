"""A plan as slides for a board: where it stands, a slide a goal, what was said.

Importing this module is slow (python-pptx is); import it where slides are written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from evenrise.publishing.plans.model import PlanStory, RungStory
from evenrise.publishing.plans.words import cut, words_in
from evenrise.publishing.slides.paper import (
    LEFT,
    MUTED,
    RIGHT,
    RISE,
    Box,
    Deck,
    Letters,
)


_BODY, _FOOT = 1.75, 6.95  # inches from the top
_ON_A_SLIDE = 8  # goals in a table, and strategies of a goal
_SAID_ON_A_SLIDE = 3
_MEASURES_ON_A_SLIDE = 6
_LONGEST = 150  # letters of a line
_TRIED = 420  # letters of what was tried


def board_slides(story: PlanStory) -> bytes:
    """The plan as a presentation; its words stay editable."""
    deck = Deck(story.language, story.title)
    slides = _Slides(deck, story)
    slides.opening()
    slides.glance()
    for one in story.goals:
        slides.goal(one)
    slides.said()
    out = io.BytesIO()
    deck.presentation.save(out)
    return out.getvalue()


class _Slides:
    """The slides of one plan, in the order they are shown."""

    def __init__(self, deck: Deck, story: PlanStory) -> None:
        self.deck, self.story = deck, story
        self.words = words_in(story.language)

    def opening(self) -> None:
        """Whose plan, which edition, where it stands."""
        story = self.story
        slide = self.deck.slide(cut(story.title, _LONGEST), size=36, top=1.35)
        mark = Letters(14, f"#{RISE}", bold=True)
        kind = f"{story.kind} · {story.place}"
        self.deck.words(slide, Box(LEFT, 0.7, 11, 0.4), [kind], mark)
        self.deck.rule(slide, (LEFT, 2.75), RIGHT - LEFT)
        answer = Box(LEFT, 3.0, 11, 3.4)
        self.deck.words(slide, answer, story.summary[:3], Letters(20))
        self._foot(slide)
        self.deck.notes(slide, [*story.summary, story.edition])

    def glance(self) -> None:
        """All goals, a line each."""
        goals = self.story.goals
        heads = [self.words[name] for name in ("goal", "steps", "reading")]
        for at in range(0, len(goals), _ON_A_SLIDE):
            part = goals[at : at + _ON_A_SLIDE]
            slide = self.deck.slide(self.words["goals"])
            rows = [heads, *(self.cut(one) for one in part)]
            box = Box(LEFT, _BODY, RIGHT - LEFT, 0.55 * len(rows))
            table = self.deck.table(slide, box, rows, self.words["goals"])
            wide = (RIGHT - LEFT) / 12
            for column, parts in enumerate((6, 2.5, 3.5)):
                table.columns[column].width = int(wide * parts * 914_400)
            self._foot(slide)
            self.deck.notes(slide, [one.title.text for one in part])

    def cut(self, one: RungStory) -> list[str]:
        labels = dict.fromkeys(x.label for x in one.measures)
        return [
            cut(f"{one.name} {one.title.text}", _LONGEST),
            one.progress or "–",
            "; ".join(labels) or self.words["no_measure"],
        ]

    def goal(self, one: RungStory) -> None:
        """One goal: how far, what its measures say, its strategies."""
        title = cut(f"{one.name}: {one.title.text}", 110)
        slide = self.deck.slide(title, size=24)
        left = [one.progress, *(x.short for x in one.measures[:_MEASURES_ON_A_SLIDE])]
        half = (RIGHT - LEFT - 0.5) / 2
        box = Box(LEFT, _BODY, half, _FOOT - _BODY - 0.2)
        self.deck.words(slide, box, [x for x in left if x], Letters(15))
        below = self.story.below(one)
        strategies = [x for x in below if x.kind == "strategy"]
        lines = [
            cut(f"{x.name} {x.title.text}{_star(x)}", _LONGEST) for x in strategies
        ]
        right = [self.words["strategies"], *lines[:_ON_A_SLIDE]]
        if len(lines) > _ON_A_SLIDE:
            more = len(lines) - _ON_A_SLIDE
            right.append(self.words["more"].format(n=more))
        box = Box(LEFT + half + 0.5, _BODY, half, _FOOT - _BODY - 0.2)
        self.deck.words(slide, box, right, Letters(13))
        self._foot(slide, starred=any(x.starred for x in strategies))
        theory = [one.theory.text] if one.theory else []
        notes = [note for x in one.measures for note in (x.sentence, *x.notes)]
        tried = [said for x in (one, *below) for said in x.tried]
        self.deck.notes(slide, [*theory, *notes, *lines, *tried])
        if tried:
            self._tried(one, tried)

    def _tried(self, one: RungStory, tried: Sequence[str]) -> None:
        """What was tried for the goal; whole in the notes."""
        for at in range(0, len(tried), _SAID_ON_A_SLIDE):
            part = tried[at : at + _SAID_ON_A_SLIDE]
            slide = self.deck.slide(f"{self.words['tried']}: {one.name}", size=24)
            lines = [cut(said, _TRIED) for said in part]
            box = Box(LEFT, _BODY, RIGHT - LEFT, _FOOT - _BODY - 0.2)
            self.deck.words(slide, box, lines, Letters(15))
            self._foot(slide)
            self.deck.notes(slide, part)

    def said(self) -> None:
        """What was said, and what was done about it."""
        said = self.story.said
        if not said:
            return
        slide = self.deck.slide(self.words["said"])
        top = _BODY
        for one in said[:_SAID_ON_A_SLIDE]:
            did = one.did or (self.words["waits"],)
            lines = [
                f"“{cut(one.said.text, _LONGEST)}”",
                *(cut(x, _LONGEST) for x in did[:1]),
            ]
            self.deck.words(
                slide, Box(LEFT, top, RIGHT - LEFT, 1.5), lines, Letters(15)
            )
            top += 1.65
        self._foot(slide)
        self.deck.notes(slide, self._all_said())

    def _all_said(self) -> Sequence[str]:
        return [f"{one.said.text} > {' '.join(one.did)}" for one in self.story.said]

    def _foot(self, slide: Any, *, starred: bool = False) -> None:
        words = self.words["starred"] if starred else self.story.made
        self.deck.words(slide, Box(LEFT, _FOOT, 10.6, 0.35), [words], MUTED)
        self.deck.page_number(slide, Box(RIGHT - 1, _FOOT, 1, 0.35))


def _star(one: RungStory) -> str:
    return " *" if one.starred else ""
