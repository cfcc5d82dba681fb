"""How-to pages that staff read stand in Spanish too, and name what a reader sees."""

from __future__ import annotations

import re

import pytest

from tests.support.guides import (
    GUIDES,
    TECHNICAL,
    blocks,
    guides,
    marked,
    numbers,
    outline,
    spanish_names,
    text_of,
)
from tests.support.paths import ROOT


# In bold or italics, and no name of anything on screen. What is neither here nor in the
# catalogs is the name of a button or page that is called otherwise by now.
NO_NAME = frozenset(
    """
a small correction
also when the cycle is shared
approve or return
ask, try, study in 30 minutes
below
bring it in, or set it aside
by file
by hand
consultancy
counted and nothing else is told of it
data dialogue
different
dollars and adults
each
english
español
from a finding or a recommendation
from a missing arrow
from the plan
given
guide for a visit
how many
if we ..., then
in `
in it
in the store
indicators
interrupted
likely
look at the difference
looking at student work
not a target
nothing is shown before the last day has passed
older
on the page
propose
read
ruled out
since when
students and their groups
the sentence
the target must be below (above) the baseline
there is no gap to close
these two targets together would mean that all other students lose ground
through strategy 2.1
through the plan above
to add
to change
to move
to remove
tuning a plan
usual by now
watch or leave
what will be done
what you predict
who
whoever leads a colleague does not coach them here
without data
write a gap between 0 and
your plan
""".strip().splitlines()
)
EVERY_GUIDE = pytest.mark.parametrize("name", guides())


def _english(name: str) -> str:
    return text_of(GUIDES / f"{name}.md")


def _spanish(name: str) -> str:
    return text_of(GUIDES / f"{name}.es.md")


@pytest.fixture(scope="module")
def on_screen() -> dict[str, set[str]]:
    return spanish_names()


@EVERY_GUIDE
def test_both_languages_have_the_same_outline(name):
    assert outline(_spanish(name)) == outline(_english(name))


@EVERY_GUIDE
def test_both_languages_tell_the_same_numbers_and_blocks(name):
    assert numbers(_spanish(name)) == numbers(_english(name))
    assert blocks(_spanish(name)) == blocks(_english(name))


@EVERY_GUIDE
def test_names_of_buttons_and_pages_are_those_on_screen(name, on_screen):
    said = [one for one in marked(_english(name)) if one not in NO_NAME]
    assert [one for one in said if one not in on_screen] == []
    told = marked(_spanish(name))
    assert [one for one in said if not on_screen[one] & set(told)] == []
    assert len(told) == len(marked(_english(name)))


@EVERY_GUIDE
def test_each_language_leads_to_the_other_and_to_its_own_pages(name):
    assert f"[En español]({name}.es.md)" in (GUIDES / f"{name}.md").read_text("utf-8")
    page = GUIDES / f"{name}.es.md"
    assert f"[In English]({name}.md)" in page.read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+\.md)", _spanish(name))
    led = [link for link in links if not link.endswith(".es.md")]
    assert [x for x in led if (GUIDES / (x[:-3] + ".es.md")).exists()] == []


def test_technical_pages_are_there():
    assert [one for one in TECHNICAL if not (GUIDES / f"{one}.md").exists()] == []


def test_the_spanish_index_leads_to_every_spanish_page():
    index = (ROOT / "docs/index.es.md").read_text("utf-8")
    there = {
        path.relative_to(ROOT / "docs").as_posix()
        for room in ("tutorials", "how-to", "explanation")
        for path in (ROOT / "docs" / room).glob("*.es.md")
    }
    assert there | {"explanation/methods/index.es.md"} == set(
        re.findall(r"\]\(([^)#:]+\.es\.md)\)", index)
    )
