"""A review as files that can be published as they are: both languages, one folder."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from evenrise.findings.as_json import findings_json
from evenrise.findings.finding import Review
from evenrise.publishing import numbers
from evenrise.publishing.documents.document import write_document
from evenrise.publishing.facts_csv import write_facts
from evenrise.publishing.folder import check_target, written_aside
from evenrise.publishing.languages import Words
from evenrise.publishing.lineage import places
from evenrise.publishing.pages.page import render_page
from evenrise.publishing.story import Story
from evenrise.publishing.telling import Teller
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import LANGUAGES, Language


__all__ = ["check_target", "publish"]


def publish(
    review: Review,
    out: Path,
    *,
    languages: Sequence[Language] = LANGUAGES,
    import_story: Mapping[str, Any],
    progress: Progress,
) -> None:
    """Write the folder of a review, aside first, renamed last.

    Args:
        review: everything in it is protected.
        out: the folder; an older review there is replaced, anything else is refused.
        languages: which languages to write; facts and findings carry both.
        import_story: what `import.json` says.
        progress: hears how far the writing is.

    Raises:
        ArgumentProblem: when the folder holds anything but a review of ours.
    """
    with written_aside(out) as aside:
        stories = tell_all(review, languages)
        _write_all(stories, aside, review.as_of, progress)
        write_facts(review.facts, aside / "facts.csv")
        _write_json(aside / "findings.json", findings_json(review))
        _write_json(aside / "import.json", import_story)


def _write_all(
    stories: Mapping[Language, Story], folder: Path, day: dt.date, progress: Progress
) -> None:
    """Pages, documents and slides; the documents are set beside the rest.

    Typst works outside Python's lock, so its threads take no time from the others.
    """
    from evenrise.publishing.slides.deck import write_slides  # noqa: PLC0415 - slow

    languages = tuple(stories)
    work = 3 * len(stories)
    with ThreadPoolExecutor(max_workers=len(stories)) as beside:
        documents = [
            beside.submit(
                write_document,
                story,
                Words(language),
                day,
                _named(folder, story, "pdf"),
            )
            for language, story in stories.items()
        ]
        for done, (language, story) in enumerate(stories.items()):
            progress.step("publish", 2 * done, work)
            write_page(story, folder, languages)
            progress.step("publish", 2 * done + 1, work)
            write_slides(story, Words(language), _named(folder, story, "pptx"))
        for done, document in enumerate(documents):
            document.result()
            progress.step("publish", 2 * len(stories) + done + 1, work)


def _named(folder: Path, story: Story, ending: str) -> Path:
    """`review.pdf`, `board.es.pptx`: English has no mark."""
    name = "review" if ending == "pdf" else "board"
    mark = "" if story.language == "en" else f".{story.language}"
    return folder / f"{name}{mark}.{ending}"


def tell_all(review: Review, languages: Sequence[Language]) -> dict[Language, Story]:
    """The review's story in each language."""
    found = places(review)
    return {
        language: Teller(
            Words(language), found, numbers.day(review.as_of, language)
        ).tell(review)
        for language in languages
    }


def write_page(story: Story, folder: Path, languages: Sequence[Language]) -> None:
    """The page of a language: English at the top, the others in a folder of their own.

    Without English, the first language stands at the top as well, so that a folder
    always opens at `index.html`.
    """
    language = story.language
    if language == languages[0] or language == "en":
        _page(story, folder / "index.html", languages, up="")
    if language != "en":
        (folder / language).mkdir(exist_ok=True)
        _page(story, folder / language / "index.html", languages, up="../")


def _page(story: Story, path: Path, languages: Sequence[Language], *, up: str) -> None:
    own = "" if story.language == "en" else f".{story.language}"
    links = {
        "en": "",
        "es": "",
        "pdf": f"{up}review{own}.pdf",
        "slides": f"{up}board{own}.pptx",
        "facts": f"{up}facts.csv",
        "findings": f"{up}findings.json",
        "import": f"{up}import.json",
    }
    for other in languages:
        if other != story.language:
            links[other] = f"{up}index.html" if other == "en" else f"{other}/index.html"
    page = render_page(story, Words(story.language), links)
    path.write_text(page, encoding="utf-8")


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    path.write_text(text + "\n", encoding="utf-8")
