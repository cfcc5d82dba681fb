"""No English is left behind: every word of every room stands in Spanish too."""

from __future__ import annotations

import re

import pytest

from tests.support.words import catalog_of, rooms, said_by, said_in_context


_PLACES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("room", rooms())
def test_every_word_has_its_spanish(room):
    catalog = catalog_of(room)
    assert catalog is not None, f"{room} has no Spanish catalog"
    missing = []
    said = {(msgid, None): where for msgid, where in said_by(room).items()}
    said |= said_in_context(room)
    for (msgid, context), where in said.items():
        entry = catalog.get(msgid, context)
        told = () if entry is None else entry.string
        words = told if isinstance(told, tuple) else (told,)
        if entry is None or entry.fuzzy or not all(words) or not words:
            missing.append(f"{where}: {msgid!r}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("room", rooms())
def test_the_spanish_names_the_same_places(room):
    catalog = catalog_of(room)
    assert catalog is not None
    for entry in catalog:
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        known = {place for one in ids for place in _PLACES.findall(one)}
        told = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for words in told:
            assert set(_PLACES.findall(words)) <= known, entry.id


@pytest.mark.parametrize("room", rooms())
def test_no_spanish_is_kept_for_words_that_are_not_said(room):
    catalog = catalog_of(room)
    assert catalog is not None
    said = set(said_by(room)) | {msgid for msgid, _ in said_in_context(room)}
    ids = [one.id[0] if isinstance(one.id, tuple) else one.id for one in catalog]
    assert not [one for one in ids if one and one not in said]


def test_a_word_that_rooms_share_has_one_spanish():
    """On screen all rooms share one table; where meanings differ, a context tells."""
    told: dict[str, dict[str, str]] = {}
    for room in rooms():
        for entry in catalog_of(room) or ():
            if entry.id and not entry.context:
                told.setdefault(str(entry.id), {})[room] = str(entry.string)
    split = {msgid: by for msgid, by in told.items() if len(set(by.values())) > 1}
    assert split == {}
