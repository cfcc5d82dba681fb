"""What weeks say, in Spanish; the twin of `words_en.py`."""

from __future__ import annotations

import datetime as dt

from evenrise.findings.sentences import numbers
from evenrise.findings.weeks import figures
from evenrise.findings.weeks.model import (
    Average,
    Measured,
    SeriesReading,
    Told,
    Verdict,
    Why,
)
from evenrise.vocabulary.text import Text


_LEADS = {
    Verdict.BETTER: "Una señal de mejora:",
    Verdict.WORSE: "Una señal de retroceso:",
    Verdict.SIGNAL: "Una señal:",
}


def series(
    verdict: Verdict,
    told: Told | None,
    counted: int,
    since: int,
    more: int,
    changed: bool,  # noqa: FBT001 - as `both` hands it on
) -> str:
    """Variation, or a signal? In one sentence or two."""
    if verdict is Verdict.NOTHING:
        return "Todavía no se ha contado ninguna semana."
    if verdict is Verdict.TOO_EARLY:
        verb = "va contada" if counted == 1 else "van contadas"
        return (
            f"Es demasiado pronto para decirlo: {verb} {_weeks(counted)}; con "
            f"{_weeks(max(more, 1), more=True)} las reglas podrían hablar."
        )
    if verdict is Verdict.BEFORE:
        return (
            "Los altibajos de siempre desde que empezó el cambio. Antes hubo una "
            "señal: averigüe qué fue antes de confiar en los límites."
        )
    if verdict is Verdict.USUAL:
        return _usual(since, more, changed=changed)
    if verdict is Verdict.BOTH_WAYS:
        start = " desde que empezó el cambio" if changed else ""
        return (
            f"Señales en ambos sentidos{start}: mire cada semana y pregunte qué fue "
            "distinto."
        )
    return f"{_LEADS[verdict]} {_why(told, changed=changed)}"


def _usual(since: int, more: int, *, changed: bool) -> str:
    if more:
        verb = "diría" if more == 1 else "dirían"
        return (
            "Hasta ahora, los altibajos de siempre; "
            f"{_weeks(more, more=True)} {verb} más."
        )
    if changed:
        return (
            f"Los altibajos de siempre en las {_weeks(since)} desde que empezó el "
            "cambio: nada indica que haya movido lo que se mide."
        )
    return "Los altibajos de siempre."


def usual_anew(weeks: int) -> str:
    """Nothing unusual since a person made the limits anew."""
    return (
        f"Los altibajos de siempre en las {_weeks(weeks)} desde que se pusieron "
        "límites nuevos."
    )


def _why(told: Told | None, *, changed: bool) -> str:
    if told is None:
        return "hay semanas fuera de lo habitual."
    side = "por encima" if told.up else "por debajo"
    start = _since(told, changed=changed)
    weeks = _weeks(told.weeks)
    limit = "superior" if told.up else "inferior"
    if told.why is Why.RUN:
        follow = "seguida" if told.weeks == 1 else "seguidas"
        return f"{weeks} {follow} {side} de la línea central{start}."
    if told.why is Why.OUTSIDE:
        return f"{weeks} {side} del límite {limit}{start}."
    if told.why is Why.TREND:
        way = "en ascenso" if told.up else "en descenso"
        return f"{weeks} seguidas {way}{start}."
    if told.why is Why.TWO_OF_THREE:
        return f"dos de tres semanas cerca del límite {limit}{start}."
    return (
        "las semanas cruzan la línea central menos veces de lo que daría el azar, así "
        "que algo se movió; la gráfica no dice en qué semana."
    )


def _since(told: Told, *, changed: bool) -> str:
    if not changed:
        return ""
    if told.since == told.weeks:
        return " desde que empezó el cambio"
    if told.since * 2 > told.weeks:
        some = "una" if told.since == 1 else numbers.small(told.since, "es")
        return f", {some} de ellas desde que empezó el cambio"
    return "; pero esto empezó antes del cambio"


def prediction(measured: Measured, since: Average | None) -> str:
    """What was predicted beside what came."""
    promised = figures.figure(measured, measured.predicted or 0.0, "es")
    if since is None:
        return (
            f"Predicción: {promised}. Aún no se ha contado ninguna semana desde el "
            "cambio."
        )
    came = figures.average(measured, since, "es")
    return (
        f"Predicción: {promised}. Desde que empezó el cambio: {came}, en "
        f"{_weeks(since.weeks)}."
    )


def assurance(measured: Measured, word: str) -> str:
    """Whether the target will be met if all goes on as it goes."""
    target = figures.figure(measured, measured.target or 0.0, "es")
    return {
        "always": f"Si todo sigue igual, cada semana alcanzará el objetivo de "
        f"{target}.",
        "never": "Si todo sigue igual, ninguna semana alcanzará el objetivo de "
        f"{target}: hace falta cambiar la manera de trabajar.",
        "sometimes": "Si todo sigue igual, unas semanas alcanzarán el objetivo de "
        f"{target} y otras no, por azar.",
    }[word]


def all_moved(measured: Measured, everyone: SeriesReading) -> str:
    """All students before and since."""
    return (
        "Desde que empezó el cambio, el total de estudiantes pasó de "
        f"{figures.average(measured, everyone.before_change, 'es')} a "
        f"{figures.average(measured, everyone.since_change, 'es')}."
    )


def group_beside_all(
    measured: Measured, everyone: SeriesReading, group: SeriesReading, way: str
) -> str:
    """One group before and since, and what became of the gap."""
    was, now = _gaps(measured, everyone, group)
    lead = (
        f"{group.series.name.es}: de "
        f"{figures.average(measured, group.before_change, 'es')} a "
        f"{figures.average(measured, group.since_change, 'es')}"
    )
    if was == now and way in {"rose_and_narrowed", "rose_not_narrowed"}:
        return f"{lead}; todos mejoraron y la brecha sigue en {now}."
    return {
        "rose_and_narrowed": f"{lead}; todos mejoraron y la brecha se redujo de {was} "
        f"a {now}.",
        "rose_not_narrowed": f"{lead}; todos mejoraron, pero la brecha no se redujo "
        f"({was} antes, {now} después).",
        "narrowed_by_fall": f"{lead}; la brecha es menor ({was} antes, {now} después) "
        "solo porque el total de estudiantes retrocedió, y eso no la cierra.",
        "fell": f"{lead}; este grupo retrocedió (brecha: {was} antes, {now} después).",
        "unchanged": f"{lead}; este grupo no se movió (brecha: {was} antes, {now} "
        "después).",
    }[way]


def only_averages() -> str:
    """What averages do not show."""
    return (
        "Son promedios de las semanas; la gráfica de cada grupo dice si son más que "
        "los altibajos de siempre."
    )


def _gaps(
    measured: Measured, everyone: SeriesReading, group: SeriesReading
) -> tuple[str, str]:
    pairs = (
        (everyone.before_change, group.before_change),
        (everyone.since_change, group.since_change),
    )
    told = [
        figures.apart(measured, a.value - b.value, "es", b.size or 1)
        if a is not None and b is not None
        else "–"
        for a, b in pairs
    ]
    return told[0], told[1]


def frozen(weeks: int) -> str:
    """The middle stands on what was before."""
    return (
        f"La línea central se apoya en las {_weeks(weeks)} anteriores al cambio, para "
        "comparar lo que siguió con lo que había."
    )


def not_frozen(enough: int) -> str:
    """The middle moves with the change."""
    return (
        f"Hay menos de {_weeks(enough)} contadas antes del cambio, así que la línea "
        "central se apoya en todas: un cambio la arrastra y cuesta más verlo."
    )


def rare() -> str:
    """Fewer than two expected a week."""
    return (
        "Ocurre menos de dos veces por semana, muy poco para poner límites: cuente por "
        "dos o cuatro semanas para ver más."
    )


def on_trial(weeks: int, enough: int) -> str:
    """Limits from few weeks."""
    return (
        f"Los límites se apoyan en {_weeks(weeks)}; con menos de "
        f"{numbers.small(enough, 'es')} están a prueba."
    )


def laney(sigma: float) -> str:
    """Why limits are wider."""
    return (
        "Los límites tienen en cuenta que las semanas difieren más de lo que haría el "
        f"azar entre estudiantes (Laney, {numbers.amount(sigma, 'es')} veces); nunca "
        "se hacen más estrechos."
    )


def made_anew(on: dt.date, reason: Text) -> str:
    """A phase and its reason."""
    return f"Límites nuevos desde el {figures.day(on, 'es')}: {reason.es}"


def _weeks(number: int, *, more: bool = False) -> str:
    word = "semana" if number == 1 else "semanas"
    told = "una" if number == 1 else numbers.small(number, "es")
    return f"{told} {word}{' más' if more else ''}"
