"""Lo que dice la lectura de una promesa, en español; the twin of `words_en.py`."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.finding import Certainty
from evenrise.findings.promises import figures
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    GroupYear,
    Label,
    Promise,
    PromisedGap,
    Way,
    YearReading,
    YearStory,
)
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.es import capital, the_students
from evenrise.vocabulary.estimates import Estimate


_SURE = {
    Certainty.DIFFERENT: "Es más que azar.",
    Certainty.UNCLEAR: "No está claro si es más que azar.",
}
_FEW = "muy pocos estudiantes para decirlo sin señalar a algunos."
_NOTHING = "no hay datos que se puedan comparar."
_GAP_FEW = "Son muy pocos para decir algo de la brecha."
_GAP_NOTHING = "No hay datos de la brecha que se puedan comparar."
_WAYS = {
    Way.REACHED: "El objetivo del {target} se alcanzó.",
    Way.ON: "La línea hacia el objetivo estaba en el {due}: en camino.",
    Way.UNCLEAR: "La línea hacia el objetivo estaba en el {due}: no llega, aunque "
    "puede ser azar.",
    Way.BEHIND: "La línea hacia el objetivo estaba en el {due}: quedó atrás.",
    Way.MISSED: "El objetivo del {target} no se alcanzó.",
}


def no_data(promise: Promise) -> str:
    """Nada que leer."""
    return f"{_about(promise)}: no hay datos con los que leer esta promesa."


def only_baseline(promise: Promise) -> str:
    """Ningún año después del punto de partida."""
    year = numbers.year(promise.baseline_year or 0)
    return (
        f"{_about(promise)}: aún no hay datos posteriores al punto de partida, {year}."
    )


def year(story: YearStory) -> str:
    """Un año junto al punto de partida, para todos y para la brecha."""
    before, after = story.before.everyone, story.after.everyone
    first, last = numbers.year(story.before.year), numbers.year(story.after.year)
    lead = f"{_about(story.promise)}, de {first} a {last}:"
    if before is None or after is None or not story.comparable:
        few = story.label is Label.TOO_FEW
        return f"{lead} {_FEW if few else _NOTHING}"
    parts = [
        (
            f"{lead} el total de estudiantes pasó del {figures.rate(before, 'es')} al "
            f"{figures.rate(after, 'es')}."
        ),
        _group_part(story),
        _SURE.get(story.certainty, ""),
        _way_part(story),
    ]
    return " ".join(part for part in parts if part)


def red(promise: Promise, last: YearReading, code: str, gap: PromisedGap | None) -> str:
    """Por qué está encendida la luz roja."""
    whose = f"la brecha de {the_students(gap.students.es)}" if gap else ""
    who = whose or "el total de estudiantes"
    when = numbers.year(last.year)
    target = numbers.year(promise.target_year or last.year)
    return {
        "falling": f"En {when} los resultados son peores que en el punto de partida.",
        "closing_by_fall": "La brecha se redujo porque el grupo mejor atendido perdió "
        "terreno; eso no es lo prometido.",
        "behind": f"En {when} {who} quedó por detrás de la línea hacia el objetivo, "
        "por más que azar.",
        "missed": f"El objetivo de {target} no se alcanzó para {who}.",
        "forecast": f"Si todo sigue igual, en {target} no se alcanzará el objetivo "
        f"para {who}.",
    }[code]


def rule_changed(baseline: int, years: Sequence[int]) -> str:
    """Un corte en la serie."""
    told = _listed([numbers.year(one) for one in years])
    return (
        f"La regla de conteo cambió después de {numbers.year(baseline)}: {told} no se "
        "puede comparar con el punto de partida. Fije un nuevo punto de partida con la "
        "regla nueva."
    )


def rule_since(promised: int, now: int) -> str:
    """Todo se contó de nuevo con otra versión."""
    return (
        f"La promesa se hizo con la versión {promised} de la regla; ahora todos los "
        f"años se cuentan con la versión {now}, también el punto de partida."
    )


def baseline_moved(promised: float, now: Counts) -> str:
    """Los registros dan ahora otro punto de partida."""
    return (
        f"El plan nombra un punto de partida del {figures.promised(promised, 'es')}; "
        f"para ese año los registros dan ahora el {figures.rate(now, 'es')}. Las "
        "lecturas usan los registros."
    )


def gap_moved(gap: PromisedGap, now: Estimate) -> str:
    """Los registros dan ahora otra brecha en el punto de partida."""
    named = points(figures.promised_points(gap.baseline or 0.0, "es"))
    return (
        f"El plan nombra una brecha de {named} para {the_students(gap.students.es)} en "
        f"el año de partida; los registros dan ahora {gap_cell(now)}."
    )


def gap_not_shown(gap: PromisedGap) -> str:
    """El plan nombra lo que los registros no muestran."""
    return (
        f"El plan nombra una brecha para {the_students(gap.students.es)} que los "
        "registros no muestran en el año de partida: no se puede seguir."
    )


def groups_too_few(gaps: Sequence[PromisedGap]) -> str:
    """Grupos que no se pueden leer."""
    told = _listed([the_students(one.students.es) for one in gaps])
    return f"Son muy pocos para decirlo: {told}."


def groups_missing(gaps: Sequence[PromisedGap]) -> str:
    """Grupos sin datos."""
    return f"Sin datos de {_listed([the_students(one.students.es) for one in gaps])}."


def who_is_enrolled() -> str:
    """Cada parte mejoró, el total no."""
    return (
        "El grupo y los demás estudiantes mejoraron, pero el total no: cambió quiénes "
        "están inscritos."
    )


def places_changed(gap: PromisedGap) -> str:
    """La brecha se invirtió."""
    return (
        f"Los grupos cambiaron de lugar: {the_students(gap.students.es)} y los demás "
        "estudiantes ya no están como en el punto de partida."
    )


def heads(gaps: Sequence[PromisedGap]) -> list[str]:
    """Los encabezados de la tabla."""
    return [
        "Año escolar",
        "Todos los estudiantes",
        "Línea hacia el objetivo",
        *(f"Brecha: {one.name.es}" for one in gaps),
        "Lectura",
    ]


def share_cell(counts: Counts, between: str) -> str:
    """`24.1 % (290 de 1,203; 22 % a 26 %)`."""
    return f"{figures.rate(counts, 'es')[:-1]}; {between})"


def gap_cell(gap: Estimate) -> str:
    """`15 puntos (11 a 19), n 240`."""
    between = figures.points_between(gap, "es")
    n = numbers.count(gap.n or 0, "es")
    return f"{points(figures.points(gap, 'es'))} ({between}), n {n}"


def points(shown: str) -> str:
    """`5 puntos`, `1 punto`."""
    return f"{shown} {'punto' if shown in {'1', '1.0', '−1', '−1.0'} else 'puntos'}"


def baseline_of(label: str) -> str:
    """La fila del punto de partida."""
    return f"{label}, punto de partida"


def target_of(label: str) -> str:
    """La fila del objetivo."""
    return f"{label}, objetivo"


def _about(promise: Promise) -> str:
    return f"{promise.what.es}, {promise.place.es}"


def _group_part(story: YearStory) -> str:
    told = story.told
    if told is None:
        if not story.groups:
            return ""
        few = any(one.label is Label.TOO_FEW for one in story.groups)
        return _GAP_FEW if few else _GAP_NOTHING
    name = told.gap.family, told.gap.group
    then, now = story.before.groups[name], story.after.groups[name]
    gap = _from_to(told)
    students = the_students(told.gap.students.es)
    own = _own(then, now)
    behind = (told.difference.value or 0.0) + (told.narrowing.value or 0.0) >= 0
    higher = "los demás estudiantes" if behind else students
    lower = students if behind else "los demás estudiantes"
    lead = f"{capital(students)} pasaron {own}"
    words = {
        Label.RISING_AND_CLOSING: f"{lead}; nadie perdió terreno y la brecha se redujo "
        f"{gap}.",
        Label.RISING_NOT_CLOSING: f"{lead}; la brecha no se cerró: pasó {gap}.",
        Label.CLOSING_BY_FALL: f"{lead}; la brecha se redujo {gap} porque {higher} "
        "perdieron terreno, y eso no es lo prometido.",
        Label.FALLING: f"{lead}: {lower} empeoraron y la brecha pasó {gap}.",
        Label.UNCHANGED: f"{lead}, y la brecha siguió igual.",
    }[told.label]
    more = len(story.groups) - 1
    if more:
        words += (
            f" De las {numbers.small(more + 1, 'es')} brechas prometidas, esta es "
            "aquella en la que menos se logró."
        )
    return words


def _own(then: GroupCounts, now: GroupCounts) -> str:
    return f"del {figures.rate(then.group, 'es')} al {figures.rate(now.group, 'es')}"


def _from_to(told: GroupYear) -> str:
    n = told.difference.n or 0
    now = told.difference.value or 0.0
    before = now + (told.narrowing.value or 0.0)
    first, last = (
        ("−" if one < 0 else "") + numbers.points(one, n, "es") for one in (before, now)
    )
    return f"de {first} a {points(last)}"


def _way_part(story: YearStory) -> str:
    words = _WAYS.get(story.way)
    if words is None or story.due is None or story.promise.target is None:
        return ""
    return words.format(
        due=figures.promised(story.due, "es"),
        target=figures.promised(story.promise.target, "es"),
    )


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} y {parts[-1]}"
