"""No log, table of tasks or letter keeps a child's data."""

from __future__ import annotations

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client


CHILD = "Marisela Quintanar"


@pytest.fixture
def terminal(monkeypatch):
    """What the server would write, with the settings it writes by."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logging.config.dictConfig(settings.LOGGING)
    told = io.StringIO()
    for logger in (root, logging.getLogger("django"), logging.getLogger("evenrise")):
        for handler in logger.handlers:
            if type(handler) is logging.StreamHandler:
                monkeypatch.setattr(handler, "stream", told)
    yield told
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize(
    "name", ["django.request", "allauth", "django_tasks", "ninja", "a.b", "evenrise.x"]
)
def test_a_library_that_logs_a_fault_names_no_child(terminal, name):
    log = logging.getLogger(name)
    try:
        int(CHILD)  # its message repeats what it was given
    except ValueError:
        log.exception("Failed at %s", CHILD)
    assert "ValueError" in terminal.getvalue()
    assert CHILD not in terminal.getvalue()


@pytest.mark.parametrize("name", ["django.request", "allauth", "django_tasks", "a.b"])
def test_a_library_that_warns_names_no_child(terminal, name):
    logging.getLogger(name).error("Not found: /students/%s", CHILD)
    assert name in terminal.getvalue()
    assert CHILD not in terminal.getvalue()


@pytest.mark.django_db
def test_a_fault_of_ours_names_no_child(terminal, as_person, monkeypatch):
    """In the address, in the search and in the message of the fault."""
    from evenrise.workspace.people.views import students

    def fails(*_args, **_kwargs):
        raise RuntimeError(f"could not show {CHILD}")

    monkeypatch.setattr(students, "students_page", fails)
    monkeypatch.setattr(students, "student_page", fails)
    client: Client = as_person("steward")
    client.raise_request_exception = False
    answer = client.get("/students", {"q": CHILD})
    assert answer.status_code == 500
    assert CHILD not in answer.content.decode()
    assert "RuntimeError" in terminal.getvalue()
    assert CHILD not in terminal.getvalue()
    assert CHILD.partition(" ")[0] not in terminal.getvalue()
