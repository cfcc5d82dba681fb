"""Every problem that a floor below the workspace raises is said in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import evenrise
from evenrise.vocabulary.errors import EvenriseError, InputProblem, why_refused
from evenrise.vocabulary.text import Text


SOURCE = Path(evenrise.__file__).parent
FLOORS = (
    "vocabulary", "records", "statistics", "indicators", "synthetic", "findings",
    "publishing",
)  # fmt: skip
PROBLEMS = {"ArgumentProblem", "InputProblem", "Unreadable", "NoTable", "Denied"}
ENGLISH = {
    "the", "is", "are", "was", "not", "with", "cannot", "it", "of", "this", "and",
    "must", "there", "needs", "again", "holds", "nothing",
}  # fmt: skip


def _raised() -> Iterator[tuple[str, ast.expr]]:
    """The sentence of every problem below the workspace, and where it is raised."""
    for floor in FLOORS:
        for path in sorted((SOURCE / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in PROBLEMS
                    and node.args
                ):
                    where = f"{path.relative_to(SOURCE)}:{node.lineno}"
                    yield where, node.args[0]


def _words(sentence: ast.expr) -> set[str]:
    """The words written in the source, without what is filled in."""
    told = " ".join(
        str(part.value)
        for part in ast.walk(sentence)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return set(re.findall(r"[a-zñáéíóúü]+", told.lower()))


def test_no_problem_is_said_in_one_language():
    raised = list(_raised())
    assert len(raised) > 100
    one_language = [
        where
        for where, said in raised
        if isinstance(said, ast.Constant | ast.JoinedStr)
    ]
    assert one_language == []


def test_the_spanish_of_a_problem_is_spanish():
    twins = [
        (where, said.args[0], said.args[1])
        for where, told in _raised()
        for said in ast.walk(told)
        if isinstance(said, ast.Call)
        and isinstance(said.func, ast.Name)
        and said.func.id == "Text"
    ]
    assert len(twins) > 100
    for where, english, spanish in twins:
        assert not _words(spanish) & ENGLISH, where
        assert _words(english) != _words(spanish), where


def test_a_problem_is_read_in_the_language_of_its_reader():
    problem = InputProblem(Text("It is cut off.", "Está cortado."))
    assert str(problem) == problem["en"] == "It is cut off."
    assert problem["es"] == "Está cortado."
    said = EvenriseError("Ya está dicho.")
    assert said["en"] == said["es"] == "Ya está dicho."


@pytest.mark.parametrize("code", [1, 2, 5, 13, 17, 20, 21, 28, 30, 36, 40, 9999])
def test_what_the_system_refuses_is_said_in_both(code):
    why = why_refused(OSError(code, "Words of the system"))
    assert why.en == "Words of the system"
    assert not set(why.es.split()) & ENGLISH
