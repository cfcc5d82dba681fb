"""Interface words: every one translated, none left over, every placeholder kept."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2.ext
import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import evenrise.publishing
from evenrise.publishing.languages import Words, catalogue_path


ROOM = Path(evenrise.publishing.__file__).parent
SAID = {"say": None, "plural": (1, 2)}
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
HOLES = re.compile(r"\{(\w+)\}")


def said_in_code():
    """Every message that the code and the templates say."""
    found = set()
    for path in sorted([*ROOM.rglob("*.py"), *ROOM.rglob("*.html")]):
        method = "python" if path.suffix == ".py" else jinja2.ext.babel_extract
        for _, message, _, _ in extract_from_file(
            method, str(path), keywords=SAID, options=OPTIONS
        ):
            found.add(message if isinstance(message, tuple) else (message,))
    return found


def catalogue():
    with catalogue_path("es").open("rb") as file:
        return [message for message in read_po(file, locale="es") if message.id]


def key(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_the_code_says_something():
    assert len(said_in_code()) > 50


def test_every_message_is_translated():
    assert said_in_code() - {key(message) for message in catalogue()} == set()


def test_no_message_is_left_over():
    assert {key(message) for message in catalogue()} - said_in_code() == set()


def test_no_message_is_fuzzy_or_empty_or_still_english():
    for message in catalogue():
        assert not message.fuzzy, message.id
        strings = (
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
        assert all(strings), message.id
        assert strings != key(message), message.id


def test_placeholders_are_kept():
    for message in catalogue():
        strings = (
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
        wanted = set(HOLES.findall(key(message)[-1]))
        assert set(HOLES.findall(strings[-1])) == wanted, message.id


def test_a_word_that_is_missing_is_an_error_and_never_english():
    with pytest.raises(KeyError):
        Words("es").say("This was never translated.")


def test_plurals():
    words = Words("es")
    assert words.plural("student", "students", 1) == "estudiante"
    assert words.plural("student", "students", 2) == "estudiantes"
    assert Words("en").plural("student", "students", 1) == "student"
