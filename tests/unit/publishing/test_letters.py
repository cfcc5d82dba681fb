"""A letter that the document's font lacks becomes a box, and stops nothing."""

from __future__ import annotations

import pytest

from evenrise.publishing.documents.letters import with_boxes


def _setter(shown, told):
    """Sets a story as the real one does: it names the first letter it cannot show."""

    def set_document(story):
        told.append(story)
        for letter in story:
            if letter not in shown:
                written = letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}"
                message = (
                    f'PDF/UA-1 error: the text `"{written}"` could not be displayed '
                    'with font `"Noto Sans"`'
                )
                raise RuntimeError(message)
        return story.encode()

    return set_document


def test_only_the_missing_letters_are_boxes():
    told = []
    document = with_boxes(_setter("Peña □", told), "Peña 学校 😀\x1b")
    assert document.decode() == "Peña □□ □□"
    assert len(told) == 3, "rare letters go together, others one by one"


def test_nothing_is_changed_where_all_can_be_shown():
    told = []
    assert with_boxes(_setter("Oak", told), "Oak") == b"Oak"
    assert told == ["Oak"]


def test_another_problem_is_not_ours():
    def broken(_):
        message = "unknown variable"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="unknown variable"):
        with_boxes(broken, "Oak")
