"""The PDF: conforms to PDF/UA-1 and PDF/A-2a, every picture described."""

from __future__ import annotations

import page
import pypdf
import pytest

from evenrise.publishing.documents.document import write_document
from evenrise.publishing.languages import Words
from evenrise.publishing.release import tell_all
from tests.support.example_review import (
    example_review,
    nothing_found_review,
    one_school_review,
)


DOCUMENTS = {"en": "review.pdf", "es": "review.es.pdf"}
each_language = pytest.mark.parametrize("language", list(DOCUMENTS))


@each_language
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_document_conforms(published, language, profile):
    report = page.validate_pdf(published / DOCUMENTS[language], profile=profile)
    assert [(one.rule_id, one.message) for one in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("review", [one_school_review, nothing_found_review])
def test_a_small_review_conforms(tmp_path, review):
    told = tell_all(review(), ("es",))["es"]
    path = tmp_path / "review.pdf"
    write_document(told, Words("es"), review().as_of, path)
    assert page.validate_pdf(path, profile="ua1").is_compliant


@each_language
def test_language_title_and_text(published, language):
    reader = pypdf.PdfReader(published / DOCUMENTS[language])
    assert reader.trailer["/Root"]["/Lang"] == f"{language}-US"
    review = example_review()
    assert reader.metadata is not None
    assert reader.metadata.title == review.title[language]
    text = " ".join(one.extract_text() for one in reader.pages).replace("\n", " ")
    for sentence in review.summary:
        assert sentence[language][:60] in text


def figures(node):
    """Every figure of the document's structure."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.DictionaryObject):
        if node.get("/S") == "/Figure":
            yield node
        if "/K" in node:
            yield from figures(node["/K"])
    elif isinstance(node, pypdf.generic.ArrayObject):
        for one in node:
            yield from figures(one)


@each_language
def test_every_picture_is_described(published, language):
    reader = pypdf.PdfReader(published / DOCUMENTS[language])
    review = example_review()
    told = {
        node.get("/Alt") for node in figures(reader.trailer["/Root"]["/StructTreeRoot"])
    }
    assert {one.picture.alternative[language] for one in review.main} <= told


def test_the_same_review_gives_the_same_document(tmp_path):
    told = tell_all(one_school_review(), ("en",))["en"]
    day = one_school_review().as_of
    for name in ("a.pdf", "b.pdf"):
        write_document(told, Words("en"), day, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
