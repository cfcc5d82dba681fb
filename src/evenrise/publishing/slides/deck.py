"""A story as slides: the answer, one slide a main finding, what is in question.

Importing this module is slow (python-pptx is); `release` imports it when it writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenrise.publishing.charts.ink import LIGHT
from evenrise.publishing.languages import Words
from evenrise.publishing.slides.native import add_picture
from evenrise.publishing.slides.paper import (
    LEFT,
    MUTED,
    RIGHT,
    RISE,
    Box,
    Deck,
    Letters,
)
from evenrise.publishing.story import FindingStory, Story


COLUMN = 4.1  # inches: the words beside a picture
BODY = 1.75  # where a slide's body begins
LOW = 6.95  # where its footer stands
MOST_ASKED = 5


def write_slides(story: Story, words: Words, path: Path) -> None:
    """Write the story as a presentation.

    Args:
        story: the review in the words' language.
        words: the interface's words.
        path: the file to write.
    """
    deck = Deck(story.language, story.title)
    slides = _Slides(deck, story, words)
    slides.opening()
    if story.main:
        slides.glance()
    for place, one in enumerate(story.main):
        slides.finding(one, place + 1)
    if story.questions:
        slides.questions()
    slides.closing()
    deck.presentation.save(str(path))


def _size(sentence: str) -> float:
    """The letters that let a sentence stand in its column."""
    for longest, size in ((190, 17), (280, 15), (380, 13.5)):
        if len(sentence) <= longest:
            return size
    return 12


@dataclass(slots=True)
class _Slides:
    """The slides of one story, in the order they are shown."""

    deck: Deck
    story: Story
    words: Words

    def opening(self) -> None:
        """Whose review, and the answer."""
        story, say = self.story, self.words.say
        slide = self.deck.slide(story.title, size=36, top=1.35)
        mark = Letters(14, f"#{RISE}", bold=True)
        self.deck.words(slide, Box(LEFT, 0.7, 8, 0.4), [say("Equity review")], mark)
        self.deck.rule(slide, (LEFT, 2.75), RIGHT - LEFT)
        answer = Box(LEFT, 3.0, 10.6, 3.4)
        self.deck.words(slide, answer, story.summary[:3], Letters(20))
        self._foot(slide, self._years())
        self.deck.notes(
            slide, [*story.summary, *(f"{x.term} {x.words}" for x in story.first)]
        )

    def glance(self) -> None:
        """All main findings, one line each."""
        slide = self.deck.slide(self.words.say("Main findings"))
        room = min(0.62, 4.9 / len(self.story.main))
        for place, one in enumerate(self.story.main):
            top = BODY + place * room
            number = Letters(17, f"#{RISE}", bold=True)
            self.deck.words(slide, Box(LEFT, top, 0.5, room), [str(place + 1)], number)
            line = Box(LEFT + 0.5, top, 9.4, room)
            self.deck.words(slide, line, [one.headline], Letters(16))
            if one.students:
                said = f"{one.students} {one.students_short}"
                side = Box(RIGHT - 1.9, top, 1.9, room)
                self.deck.words(slide, side, [said], Letters(14, LIGHT["muted"]))
        self._foot(slide, self._years())
        self.deck.notes(slide, [one.sentence for one in self.story.main])

    def finding(self, one: FindingStory, number: int) -> None:
        """One finding: its sentence, how many students, its picture."""
        slide = self.deck.slide(f"{number}. {one.headline}", size=26)
        drawn = one.picture is not None
        wide = COLUMN if drawn else RIGHT - LEFT
        top = BODY
        if one.students:
            parts = [
                (one.students, Letters(40, f"#{RISE}", bold=True)),
                (f"  {one.students_words}", Letters(14, LIGHT["muted"])),
            ]
            self.deck.runs(slide, Box(LEFT, top, wide, 1.2), parts)
            top += 1.3
        body = Box(LEFT, top, wide, LOW - top - 0.9)
        size = _size(one.sentence) if drawn else 20
        self.deck.words(slide, body, [one.sentence], Letters(size))
        sure = [part for part in (one.certainty_words, self._gap(one)) if part]
        if sure:
            said = Letters(13, LIGHT["muted"])
            self.deck.words(slide, Box(LEFT, LOW - 0.75, wide, 0.7), sure, said)
        if one.picture is not None:
            left = LEFT + COLUMN + 0.45
            field = Box(left, BODY - 0.1, RIGHT - left, LOW - BODY)
            add_picture(self.deck, slide, one.picture, field)
        self._foot(slide, self._source(one))
        self.deck.notes(slide, self._said_beside(one))

    def questions(self) -> None:
        """What somebody who knows the records has to answer."""
        slide = self.deck.slide(self.words.say("Questions about the data"))
        asked = [one.sentence for one in self.story.questions[:MOST_ASKED]]
        body = Box(LEFT, BODY, 10.9, 4.9)
        self.deck.words(slide, body, asked, Letters(18 if len(asked) < 4 else 15))
        self._foot(slide, self._years())
        self.deck.notes(slide, [one.sentence for one in self.story.questions])

    def closing(self) -> None:
        """What to keep in mind, and where the numbers come from."""
        say = self.words.say
        slide = self.deck.slide(say("Know this first"))
        told = [f"{one.term} {one.words}" for one in self.story.first]
        self.deck.words(slide, Box(LEFT, BODY, 10.9, 4.9), told, Letters(17))
        files = [one.term for one in self.story.sources]
        self._foot(
            slide, say("Source: {files}", files=", ".join(files[:4])) if files else ""
        )
        notes = [f"{one.term}: {one.words}" for one in self.story.sources]
        notes += [f"{one.term}: {one.words}" for one in self.story.method]
        self.deck.notes(slide, notes)

    def _years(self) -> str:
        return f"{self.story.district}, {self.story.years}"

    def _gap(self, one: FindingStory) -> str:
        if one.difference is None:
            return ""
        return self.words.say("Gap: {difference}", difference=one.difference)

    def _source(self, one: FindingStory) -> str:
        if one.table is None or not one.table.source:
            return self._years()
        return self.words.say("Source: {files}", files=one.table.source)

    def _said_beside(self, one: FindingStory) -> list[str]:
        said = [one.sentence, *one.caveats]
        if one.next_step:
            said.append(
                f"{self.words.say('What a district could do next.')} {one.next_step}"
            )
        if one.table is not None:
            said.extend(
                ": ".join((row[0].words, ", ".join(cell.words for cell in row[1:])))
                for row in one.table.rows
            )
        return [*said, self._source(one)]

    def _foot(self, slide: Any, said: str) -> None:
        self.deck.words(slide, Box(LEFT, LOW, 11, 0.3), [said], MUTED)
        self.deck.page_number(slide, Box(RIGHT - 0.8, LOW, 0.8, 0.3))
