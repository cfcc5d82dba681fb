"""What a file names and this server does not know: left out, and told."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.exchange.problems import Problem
from evenrise.workspace.plans.models import Department, Rung


def left_out_unknown(
    content: PlanContent, before: PlanContent
) -> tuple[PlanContent, tuple[Problem, ...]]:
    """The content without names that nobody here has; what stood stays in their place.

    Args:
        content: as a file says it.
        before: the plan as it stands.
    """
    known = _known(content)
    stood = {one.key: one for one in before.rungs}
    problems: list[Problem] = []
    rungs = tuple(
        _known_alone(one, stood.get(one.key), known, problems) for one in content.rungs
    )
    return replace(content, rungs=rungs), tuple(problems)


_SAID: dict[str, Callable[[str], Text]] = {
    "department": lambda name: Text(
        f"There is no department {name}: add it first, or name another one.",
        f"No hay un departamento {name}: añádalo antes o nombre otro.",
    ),
    "person": lambda name: Text(
        f"Nobody here has the address {name}: correct it, or leave it empty.",
        f"Nadie aquí tiene la dirección {name}: corríjala o déjela vacía.",
    ),
    "serves": lambda name: Text(
        f"There is no {name} in a plan above: write the plan's address, a slash and "
        "the key of its rung.",
        f"No hay {name} en un plan superior: escriba la dirección del plan, una barra "
        "y la clave de su peldaño.",
    ),
    "school": lambda name: Text(
        f"There is no school {name}: its money was left out. Write the school's code.",
        f"No hay una escuela {name}: se omitió su dinero. Escriba el código de la "
        "escuela.",
    ),
}


def _known(content: PlanContent) -> dict[str, Container[str]]:
    """Every name of each sort that is known here; four queries."""
    people = {one.person for one in content.rungs if one.person}
    slugs = {one.serves.partition("/")[0] for one in content.rungs if one.serves}
    above = Rung.objects.filter(plan__slug__in=slugs, removed_at=None)
    return {
        "department": {
            *Department.objects.values_list("key", flat=True),
            *(one.key for one in content.departments),
        },
        "person": set(
            Person.objects.filter(email__in=people).values_list("email", flat=True)
        ),
        "serves": {
            f"{slug}/{key}" for slug, key in above.values_list("plan__slug", "key")
        },
        "school": set(School.objects.values_list("pk", flat=True)),
    }


def _known_alone(
    one: RungContent,
    stood: RungContent | None,
    known: dict[str, Container[str]],
    problems: list[Problem],
) -> RungContent:
    title = (one.title_en or one.title_es)[:60]
    where = Text(f"“{title}”", f"«{title}»")
    kept: dict[str, Any] = {}
    for name in ("department", "person", "serves"):
        told = getattr(one, name)
        if told and told not in known[name]:
            was = getattr(stood, name) if stood else ""
            kept[name] = was if was in known[name] else ""
            problems.append(Problem(where, _SAID[name](told[:80])))
    unknown = [
        line
        for line in one.budget
        if line.school_id and line.school_id not in known["school"]
    ]
    problems += [Problem(where, _SAID["school"](x.school_id[:80])) for x in unknown]
    budget = tuple(line for line in one.budget if line not in unknown)
    return replace(one, **kept, budget=budget)
