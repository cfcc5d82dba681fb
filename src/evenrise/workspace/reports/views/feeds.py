"""Feeds: what is public, for machines: CSV, JSON, documents and a data dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.foundation.door import public
from evenrise.workspace.reports.actions import public_figures
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.queries import FEED_COLUMNS
from evenrise.workspace.reports.releasing import documents_of, public_pages, write_feed
from evenrise.workspace.reports.views.public import public_page, shown


# What may be taken as a file; nothing else of the folder is reachable.
DOCUMENTS: dict[str, str] = {
    "facts.csv": "text/csv; charset=utf-8",
    "findings.json": "application/json",
    "review.pdf": "application/pdf",
    "review.es.pdf": "application/pdf",
    "board.pptx": "application/vnd.openxmlformats-officedocument"
    ".presentationml.presentation",
    "board.es.pptx": "application/vnd.openxmlformats-officedocument"
    ".presentationml.presentation",
}
_ABOUT: dict[str, Text] = {
    "facts.csv": Text("all figures, as a table", "todas las cifras, como tabla"),
    "findings.json": Text("the findings, as JSON", "los hallazgos, en JSON"),
    "review.pdf": Text("the review, in English", "la revisión, en inglés"),
    "review.es.pdf": Text("the review, in Spanish", "la revisión, en español"),
    "board.pptx": Text("slides, in English", "diapositivas, en inglés"),
    "board.es.pptx": Text("slides, in Spanish", "diapositivas, en español"),
}
_KEEP = "public, max-age=300"
_PIECE = 1 << 18  # bytes of a long file sent at a time
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def _figures() -> Release:
    release = public_figures()
    if release is None:
        raise Http404
    return release


@public
@require_safe
def document(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the latest release."""
    del request
    path = documents_of(_figures()) / name
    if name not in DOCUMENTS or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=DOCUMENTS[name])
    response.headers["Cache-Control"] = _KEEP
    response.headers["Access-Control-Allow-Origin"] = "*"  # it is everybody's
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@public
@require_safe
def facts_json(request: HttpRequest) -> HttpResponseBase:
    """The public facts as JSON: one object, its columns told in the dictionary.

    The facts stand ready as a file and are sent piece by piece: a large district's
    are a hundred MB.
    """
    del request
    release = _figures()
    folder = documents_of(release)
    if not (folder / "facts.csv").is_file():
        raise Http404
    about = {
        "release": release.number,
        "public_since": release.public_at,
        "snapshot": release.snapshot,
    }
    head = json.dumps(about, cls=DjangoJSONEncoder)[:-1] + ', "facts": '
    response = StreamingHttpResponse(
        _with_facts(head, write_feed(folder)), content_type="application/json"
    )
    return _everybody(response)


def _with_facts(head: str, facts: Path) -> Iterator[bytes]:
    yield head.encode()
    with facts.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield b"}"


@public
@require_safe
def dictionary_json(request: HttpRequest) -> HttpResponse:
    """The data dictionary: each column of the facts, in both languages."""
    del request
    told = {name: words.as_dict() for name, words in FEED_COLUMNS}
    found = public_pages()
    indicators = [] if found is None else found[1].indicators()
    whole = {
        "columns": told,
        "indicators": [
            {
                "key": one.key,
                "title": one.title.as_dict(),
                "definition": one.info.definition.as_dict(),
                "definition_version": one.info.version,
                "authority": one.info.authority,
                "unit": one.info.unit,
                "good": one.info.good,
            }
            for one in indicators
        ],
    }
    return _everybody(
        HttpResponse(
            json.dumps(whole, ensure_ascii=False, indent=1),
            content_type="application/json",
        )
    )


def _everybody(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = _KEEP
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def public_feeds(
    request: HttpRequest, language: Language, pages: PageStore, release: Release
) -> HttpResponse:
    """What may be taken as a file, and what its columns mean."""
    files = [
        (name, _ABOUT[name][language])
        for name in DOCUMENTS
        if (documents_of(release) / name).is_file()
    ]
    columns = [(name, words[language]) for name, words in FEED_COLUMNS]
    return shown(
        request,
        "feeds",
        language,
        pages,
        files=files,
        columns=columns,
        release=release,
    )
