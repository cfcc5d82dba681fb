"""What a card says, in English and Spanish, in sentences a principal reads aloud."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import format_date

from evenrise.findings.early_warning.card import Lead, Shortage, WayCard
from evenrise.findings.sentences.numbers import count, points, share, year
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import LANGUAGES, Language, Text


WHAT_IS_MEANT = Text(
    "“Not on track” means: absent on a tenth of the school days or more, or an F in an "
    "English or math course at the end of the year. What a support changed in those "
    "years is in these numbers too: a student who was helped in time does not count as "
    "found.",
    "«No va por buen camino» quiere decir: ausente en una décima parte de los días de "
    "clase o más, o una F en un curso de inglés o matemáticas al final del año. Lo que "
    "un apoyo cambió en esos años también está en estos números: si a un estudiante se "
    "le ayudó a tiempo, no cuenta como encontrado.",
)
THE_RULE = Text(
    "The simple rule flags a student who so far was absent on a tenth of the school "
    "days or more, was suspended out of school, was in two incidents or more, or has "
    "an F in English or math.",
    "La regla sencilla señala a quien hasta ese día estuvo ausente en una décima parte "
    "de los días de clase o más, fue suspendido fuera de la escuela, estuvo en dos "
    "incidentes o más, o tiene una F en inglés o matemáticas.",
)


def own_rule(name: Text) -> Text:
    """Which rule was tried, where the district chose another than the default one."""
    return Text(
        f"The simple rule is the one that the district chose: {name.en}. A student is "
        "flagged who is past a line of it in attendance, behavior or courses.",
        f"La regla sencilla es la que el distrito eligió: {name.es}. Se señala a quien "
        "pasa un límite de ella en asistencia, conducta o cursos.",
    )


NEVER_INPUTS = Text(
    "Race, income, language, disability, housing, gender, neighborhood and school are "
    "never used to flag a student. They are used only to see whom the flags miss.",
    "La raza, los ingresos, el idioma, la discapacidad, la vivienda, el género, el "
    "vecindario y la escuela nunca se usan para señalar a un estudiante. Solo se usan "
    "para ver a quiénes no encuentran las señales.",
)
_WHY = {
    Shortage.NO_YEAR: Text(
        "The records hold no finished year whose end is known. How well flags find "
        "students cannot be said yet; the district uses the simple rule.",
        "Los registros no tienen ningún año terminado con final conocido. Todavía no "
        "se puede decir qué tan bien encuentran las señales a los estudiantes; el "
        "distrito usa la regla sencilla.",
    ),
    Shortage.ONE_YEAR: Text(
        "The records hold one finished year. A model must learn from one year and be "
        "tried on a later one, so nobody can know yet whether it would find more; the "
        "district uses the simple rule. Whether the rule does as well in other years "
        "is not known either.",
        "Los registros tienen un solo año terminado. Un modelo tiene que aprender de "
        "un año y probarse en otro posterior, así que todavía nadie puede saber si "
        "encontraría más; el distrito usa la regla sencilla. Tampoco se sabe si la "
        "regla acierta igual en otros años.",
    ),
    Shortage.TOO_FEW_OUTCOMES: Text(
        "Too few students were on track, or too few were not, to learn from some years "
        "and try it on others. The district uses the simple rule.",
        "Muy pocos estudiantes iban por buen camino, o muy pocos no, para aprender de "
        "unos años y probar en otros. El distrito usa la regla sencilla.",
    ),
    Shortage.TOO_FEW_FLAGGED: Text(
        "The rule flagged fewer than eleven students, too few to compare another way "
        "with it. The district uses the simple rule.",
        "La regla señaló a menos de once estudiantes, muy pocos para comparar otra "
        "manera con ella. El distrito usa la regla sencilla.",
    ),
}
_DAY = re.compile(r"(\d\d)-(\d\d)")


def why_not(reason: Shortage) -> Text:
    """Why no model could be tried, and what follows."""
    return _WHY[reason]


def moment(checkpoint: str) -> Text:
    """A checkpoint's day in words; another label (such as a week) as it is."""
    found = _DAY.fullmatch(checkpoint)
    if found is None:
        return Text(checkpoint, checkpoint)
    day = dt.date(2001, int(found[1]), int(found[2]))
    return Text(
        str(format_date(day, "MMMM d", locale="en_US")),
        str(format_date(day, "d 'de' MMMM", locale="es_US")),
    )


def years_in_words(years: tuple[int, ...]) -> Text:
    """`2023-24 and 2024-25`; numbers that are no springs as they are."""
    names = [year(one) if one >= 1950 else str(one) for one in years]
    if len(names) < 2:
        return Text(*(("".join(names) or "–"),) * 2)
    first, last = ", ".join(names[:-1]), names[-1]
    return Text(f"{first} and {last}", f"{first} y {last}")


def what_a_way_did(
    card: WayCard, checkpoint: str, flagged: int, years: tuple[int, ...]
) -> Text:
    """How many were flagged, how often rightly, and how many were missed."""
    day, when = moment(checkpoint), years_in_words(years)
    number = {one: count(flagged, one) for one in LANGUAGES}
    begun = (
        f"On {day.en} of {when.en}, {number['en']} students were flagged.",
        f"El {day.es} de {when.es} se señaló a {number['es']} estudiantes.",
    )
    if not (card.precision.known and card.recall.known and card.missed.known):
        return Text(
            f"{begun[0]} Too few students to say how many of them rightly.",
            f"{begun[1]} Son muy pocos para decir con cuántos se acertó.",
        )
    right, found, missed = (
        {one: _of(rate, one) for one in LANGUAGES}
        for rate in (card.precision, card.recall, card.missed)
    )
    return Text(
        f"{begun[0]} Of them, {right['en']} were not on track at the end of the year. "
        f"Of all students who were not on track, {found['en']} had been flagged and "
        f"{missed['en']} had been missed.",
        f"{begun[1]} De ellos, el {right['es']} no iba por buen camino al final del "
        f"año. De todos los estudiantes que no iban por buen camino, se había señalado "
        f"al {found['es']} y no se había señalado al {missed['es']}.",
    )


def lead_in_words(lead: Lead) -> Text | None:
    """How early flags came; None where too few to say."""
    if lead.median is None:
        return None
    days = round(lead.median)
    if days == 0:
        return Text(
            "For half of them the line had been crossed for the whole year by that "
            "day: the flag came late.",
            "Para la mitad de ellos, ese día ya se había cruzado la línea de todo el "
            "año: la señal llegó tarde.",
        )
    return Text(
        f"For half of them {count(days, 'en')} days or more were left until it was "
        "certain: that is the time to help.",
        f"Para la mitad de ellos faltaban {count(days, 'es')} días o más para que "
        "fuera seguro: ese es el tiempo para ayudar.",
    )


def compared(
    over_rule: Estimate, over_schools: Estimate, flagged: int, margin: float
) -> Text:
    """The model beside the rule and whole schools, at the same number of students."""
    number = {one: count(flagged, one) for one in LANGUAGES}
    return Text(
        f"A model that learned from earlier years, flagging the same {number['en']} "
        f"students, was right {_more(over_rule, 'en')} than the rule, and "
        f"{_more(over_schools, 'en')} than flagging whole schools. To be used it must "
        f"be right surely at least {points(margin, flagged, 'en')} points more often "
        "than both.",
        f"Un modelo que aprendió de años anteriores, señalando a los mismos "
        f"{number['es']} estudiantes, acertó {_more(over_rule, 'es')} que la regla, y "
        f"{_more(over_schools, 'es')} que señalar escuelas enteras. Para usarse tiene "
        f"que acertar con seguridad al menos {points(margin, flagged, 'es')} puntos "
        "más que ambas.",
    )


def decided(
    *,
    learned: tuple[int, ...],
    tested: tuple[int, ...],
    earned: tuple[str, ...],
    failed: tuple[str, ...],
    margin: float,
) -> Text:
    """What is used, and what that rests on.

    Args:
        learned: the years that the model learned from.
        tested: the years that it was tried on.
        earned: the checkpoints where it surely found more by the margin.
        failed: those where it did not.
        margin: the margin, a share.
    """
    first, later = years_in_words(learned), years_in_words(tested)
    by = Text(
        f"by {points(margin, 1, 'en')} points or more",
        f"por {points(margin, 1, 'es')} puntos o más",
    )
    if not failed:
        return Text(
            f"The model earns its place: it learned from {first.en} and, tried on "
            f"{later.en}, surely found more than the rule and than whole schools, "
            f"{by.en}, on every checkpoint.",
            f"El modelo se gana su lugar: aprendió de {first.es} y, probado en "
            f"{later.es}, encontró con seguridad más que la regla y que las escuelas "
            f"enteras, {by.es}, en cada fecha.",
        )
    where, not_where = _days(earned), _days(failed)
    if not earned:
        return Text(
            f"The district uses the simple rule. A model that learned from {first.en} "
            f"and was tried on {later.en} did not surely find more {by.en}.",
            f"El distrito usa la regla sencilla. Un modelo que aprendió de {first.es} "
            f"y se probó en {later.es} no encontró con seguridad más {by.es}.",
        )
    return Text(
        f"The district uses the simple rule. A model that learned from {first.en} and "
        f"was tried on {later.en} surely found more {by.en} on {where.en}, but not on "
        f"{not_where.en}: it must on every checkpoint.",
        f"El distrito usa la regla sencilla. Un modelo que aprendió de {first.es} y se "
        f"probó en {later.es} encontró con seguridad más {by.es} en estas fechas: "
        f"{where.es}; pero no en estas: {not_where.es}. Tiene que hacerlo en todas.",
    )


def _days(checkpoints: tuple[str, ...]) -> Text:
    """Several checkpoints in words."""
    names = [moment(one) for one in checkpoints]
    if len(names) < 2:
        return names[0] if names else Text("none", "ninguna")
    return Text(
        ", ".join(one.en for one in names[:-1]) + f" and {names[-1].en}",
        ", ".join(one.es for one in names[:-1]) + f" y {names[-1].es}",
    )


def part_learned(used: int, there: int) -> Text:
    """That only a part of the earlier rows was learned from."""
    return Text(
        f"The model learned from {count(used, 'en')} of {count(there, 'en')} rows of "
        "earlier years, drawn by chance, to be ready in time.",
        f"El modelo aprendió de {count(used, 'es')} de {count(there, 'es')} filas de "
        "años anteriores, elegidas al azar, para estar listo a tiempo.",
    )


def _of(one: Estimate, language: Language) -> str:
    """`46% (43% to 49%)`."""
    n = one.n or 1
    value, low, high = (
        share((part or 0.0) * n, n, language)
        for part in (one.value, one.lower, one.upper)
    )
    return f"{value} ({low} {'to' if language == 'en' else 'a'} {high})"


def _more(one: Estimate, language: Language) -> str:
    """`4 points more often (2 to 6)`; less where it is less."""
    value, low, high = one.value or 0.0, one.lower or 0.0, one.upper or 0.0
    n = one.n or 1
    size = points(value, n, language)
    low, high = (low, high) if value >= 0 else (-high, -low)
    ends = [("−" if end < 0 else "") + points(end, n, language) for end in (low, high)]
    if language == "en":
        way = "more" if value >= 0 else "less"
        return f"{size} points {way} often ({ends[0]} to {ends[1]})"
    way = "más" if value >= 0 else "menos"
    return f"{size} puntos {way} ({ends[0]} a {ends[1]})"
