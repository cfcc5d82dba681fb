"""A release of the invented district's figures, made by the verbs that people use."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from evenrise.config.home import Home
from tests.support.once import made_once, run_folder


@pytest.fixture
def public_place(tmp_path: Path, district, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What becomes public in a test lies in the test's own folder."""
    from evenrise.workspace.reports import releasing

    place = tmp_path / "public"
    place.mkdir()
    monkeypatch.setattr(releasing, "public_folder", lambda: place)
    assert isinstance(settings.HOME, Home)
    return place


@pytest.fixture(scope="session")
def laid_out(district, django_db_setup, django_db_blocker, tmp_path_factory):
    """The files of a release, made once a run by the task that makes them.

    It withstood the last attack, as every release has to.
    """

    def make(place: Path) -> None:
        with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
            told = _lay_out(place / "public", patch)
        (place / "told.json").write_text(json.dumps(told))

    place = made_once(run_folder(tmp_path_factory) / "laid-out", make)
    file, content = json.loads((place / "told.json").read_text())
    return place / "public", file, content


def _lay_out(place: Path, patch: pytest.MonkeyPatch) -> tuple[str, str]:
    from evenrise.workspace.people.cast import place_cast
    from evenrise.workspace.reports import actions, releasing
    from evenrise.workspace.reports.models import Release

    place.mkdir()
    patch.setattr(releasing, "public_folder", lambda: place)
    steward = place_cast(dt.date(2026, 1, 1))["steward"]
    release = actions.propose_figures(person=steward)
    releasing.prepare_figures.call(release.pk)
    release.refresh_from_db()
    Release.objects.filter(pk=release.pk).delete()
    return release.file, release.content


@pytest.fixture
def proposed(cast, db_district, public_place, laid_out):
    """Figures that the data steward proposed, prepared."""
    from evenrise.workspace.reports import actions
    from evenrise.workspace.reports.states import State

    source, file, content = laid_out
    shutil.copytree(source, public_place, dirs_exist_ok=True)
    release = actions.propose_figures(person=cast["steward"])
    release.file, release.content, release.state = file, content, State.PROPOSED
    release.save()
    return release


@pytest.fixture
def released(proposed, cast):
    """Figures that everybody reads."""
    from evenrise.workspace.reports import actions, releasing

    lead = cast["superintendent"]
    actions.approve(person=lead, release=proposed, content=proposed.content)
    return releasing.publish_figures(person=lead, release=proposed)


@pytest.fixture
def briefing(released, cast, db_district):
    """A briefing in English, with two findings."""
    from evenrise.workspace.reports import actions

    words = actions.Words(title="Who misses school?", opening="Three schools.")
    made = actions.begin_briefing(person=cast["steward"], language="en", words=words)
    chosen = [one.key for one in db_district.pages.main()[:2]]
    actions.choose_findings(person=cast["steward"], briefing=made, findings=chosen)
    made.refresh_from_db()
    return made
