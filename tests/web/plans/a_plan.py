"""A small plan with every kind of rung, measures, money and links, for tests."""

from __future__ import annotations

from dataclasses import replace

from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.content import (
    BudgetContent,
    DepartmentContent,
    GroupPromise,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
)
from evenrise.workspace.plans.models import Plan


_DAY = "2026-02-03T16:00:00+00:00"
_LATER = "2026-03-01T09:30:00+00:00"


def small_content(**changed: object) -> PlanContent:
    """What `make_plan` says: one of everything; `changed` fields replace its own."""
    content = PlanContent(
        slug="together",
        kind="district",
        title_en="Excellence for all, together",
        title_es="Excelencia para todos, en común",
        text_en="What our district promises for three years.",
        text_es="Lo que nuestro distrito promete para tres años.",
        en_at=_DAY,
        es_at=_DAY,
        begins_year=2026,
        ends_year=2028,
        departments=(
            DepartmentContent(
                key="student-services",
                name_en="Student services",
                name_es="Servicios estudiantiles",
            ),
        ),
        rungs=(
            _rung(
                "v1", "value", "", 0, "Every child is known", "Conocemos a cada niño"
            ),
            _rung("p1", "priority", "", 1, "Student outcomes", "Resultados", 4, 8),
            replace(
                _rung("g1", "goal", "p1", 0, "Students attend", "Asistencia", 5),
                theory_en="If adults act in the first week, then students return.",
                theory_es="Si actuamos en la primera semana, los estudiantes regresan.",
                measures=(_measure(),),
            ),
            replace(
                _rung("s1", "strategy", "g1", 0, "Act early", "Actuar temprano"),
                links=(
                    LinkContent(
                        kind="finding",
                        key="gap:chronic_absence:foster",
                        headline_en="Foster youth miss more school",
                        headline_es="Jóvenes de crianza faltan más",
                        snapshot="abc",
                    ),
                ),
            ),
            _step("t1", 0, "Call on the third day", "Llamar al tercer día"),
            replace(
                _step("t2", 1, "Visit at home", "Visitar en casa"),
                depends=("t1",),
                es_at=_LATER,
                budget=(
                    BudgetContent(
                        key="b1",
                        source="supplemental",
                        school_year=2026,
                        planned="48000.00",
                    ),
                ),
                contributing=True,
                service="increased",
            ),
        ),
    )
    return replace(content, **changed)  # type: ignore[arg-type]


def make_plan(cast: dict[str, Person], content: PlanContent | None = None) -> Plan:
    """The small plan, or another content, in the database; its steps have owners.

    Args:
        cast: the people, by role.
        content: what it says instead.
    """
    content = content or small_content()
    plan = Plan.objects.create(
        slug=content.slug,
        kind=content.kind,
        school=School.objects.filter(pk=content.school_id or None).first(),
        begins_year=content.begins_year,
        ends_year=content.ends_year,
        made_by=cast["superintendent"],
    )
    put_content(cast["superintendent"], plan=plan, content=content)
    plan.rungs.filter(key="t1").update(person=cast["counselor"])
    return plan


def _rung(
    key: str,
    kind: str,
    parent: str,
    place: int,
    en: str,
    es: str,
    *lcff: int,
) -> RungContent:
    return RungContent(
        key=key,
        kind=kind,
        parent=parent,
        place=place,
        title_en=en,
        title_es=es,
        en_at=_DAY,
        es_at=_DAY,
        lcff=lcff,
    )


def _step(key: str, place: int, en: str, es: str) -> RungContent:
    return replace(
        _rung(key, "step", "s1", place, en, es),
        department="student-services",
        begins_on="2026-01-12",
        ends_on="2026-06-05",
        state="planned",
        done_en="Every family was reached.",
        done_es="Se habló con cada familia.",
    )


def _measure() -> MeasureContent:
    return MeasureContent(
        key="m1",
        indicator="chronic_absence",
        definition_version=1,
        baseline_year=2024,
        baseline=0.21,
        target=0.12,
        target_year=2028,
        groups=(
            GroupPromise(
                family="foster",
                group="foster",
                baseline_gap=0.15,
                target_gap=0.05,
            ),
        ),
    )
