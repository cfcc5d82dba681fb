"""What is said of a support, in English and in Spanish."""

from __future__ import annotations

import math
from dataclasses import dataclass

from babel.numbers import format_decimal

from evenrise.findings.sentences import numbers
from evenrise.findings.support_effects.line_words import said_at_line
from evenrise.findings.support_effects.reading import Balance, Dosage, Doubt, Verdict
from evenrise.findings.support_effects.study import Look, Measured, Unit
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text


COVARIATES: dict[str, Text] = {
    "absent_before": Text("days missed just before", "días perdidos justo antes"),
    "absent_earlier": Text(
        "days missed in the year before", "días perdidos en el año anterior"
    ),
    "grade": Text("grade", "grado"),
    "score": Text("earlier test scores", "resultados de pruebas anteriores"),
    "untested": Text("having no earlier test score", "no tener pruebas anteriores"),
    "school_absence": Text(
        "days missed at their school", "días perdidos en su escuela"
    ),
    "other_support": Text("another support before", "otro apoyo antes"),
    "failed_before": Text(
        "failing marks in the year before", "calificaciones reprobatorias del año antes"
    ),
    "failed_earlier": Text(
        "failing marks a year earlier", "calificaciones reprobatorias de un año atrás"
    ),
    "school_failed": Text(
        "failing marks at their school", "calificaciones reprobatorias en su escuela"
    ),
    "incidents_before": Text(
        "days with an incident just before", "días con un incidente justo antes"
    ),
    "incidents_earlier": Text(
        "days with an incident in the year before",
        "días con un incidente en el año anterior",
    ),
    "school_incidents": Text(
        "days with an incident at their school",
        "días con un incidente en su escuela",
    ),
}

_MORE_OR_LESS = {
    "en": ("lower", "higher"),
    "es": ("menor", "mayor"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """The numbers that the sentences tell, once for both languages."""

    measured: Measured
    effect: Estimate
    n_given: int
    n_compared: int
    useful: float | None
    smallest: float | None
    more: int | None
    fewest: int
    attrition: tuple[float, float] | None
    balance: tuple[Balance, ...]
    at_line: bool = False


def size(value: float, story: Story, language: Language) -> str:
    """An effect without its sign: `3.1 points`, `0.21 standard deviations`."""
    if story.measured.unit is Unit.POINTS:
        told = numbers.points(value, story.n_given + story.n_compared, language)
        if told == "1":
            return {"en": "1 point", "es": "1 punto"}[language]
        return f"{told} {'points' if language == 'en' else 'puntos'}"
    locale = numbers.LOCALES[language]
    told = str(format_decimal(abs(value), format="0.00", locale=locale))
    words = {"en": "standard deviations", "es": "desviaciones estándar"}[language]
    return f"{told} {words}"


def _side(value: float, language: Language) -> str:
    return _MORE_OR_LESS[language][value > 0]


def _bounds(effect: Estimate) -> tuple[float, float]:
    """The interval's ends, the one nearer to nothing first."""
    low, high = effect.lower or 0.0, effect.upper or 0.0
    return (low, high) if abs(low) <= abs(high) else (high, low)


def _opening(story: Story, language: Language) -> str:
    """What followed: the size, for how many, beside how many."""
    value = story.effect.value or 0.0
    given = numbers.count(story.n_given, language)
    others = numbers.count(story.n_compared, language)
    name, when = story.measured.name[language], story.measured.when[language]
    told, side = size(value, story, language), _side(value, language)
    if story.at_line:
        return said_at_line(
            f"{when}, {name}", f"{told} {side}", (given, others), language
        )
    if language == "en":
        return (
            f"{when}, {name} was {told} {side} for the {given} students given it than "
            f"for {others} comparable students"
        )
    return (
        f"{when}, {name} fue {told} {side} entre {given} estudiantes que lo recibieron "
        f"que entre {others} estudiantes comparables"
    )


def _clear(story: Story, language: Language) -> str:
    near, far = (size(one, story, language) for one in _bounds(story.effect))
    side = _side(story.effect.value or 0.0, language)
    near = near.split(" ")[0]
    joined = (
        f"between {near} and {far}" if language == "en" else f"entre {near} y {far}"
    )
    if story.at_line:
        return f"{_opening(story, language)}: {joined} {side}"
    return f"{_opening(story, language)} ({joined} {side})"


def _range(story: Story, language: Language) -> str:
    """The whole interval when it holds zero."""
    low, high = story.effect.lower or 0.0, story.effect.upper or 0.0
    parts = [
        f"{size(one, story, language)} {_side(one, language)}" for one in (low, high)
    ]
    if language == "en":
        return f"anything from {parts[0]} to {parts[1]} fits"
    return f"los datos admiten desde {parts[0]} hasta {parts[1]}"


def helps(story: Story) -> Text:
    """That it helps."""
    return Text(
        f"This support helps: {_clear(story, 'en')}.",
        f"Este apoyo ayuda: {_clear(story, 'es')}.",
    )


def may_harm(story: Story) -> Text:
    """That it may do harm."""
    return Text(
        f"This support may do harm: {_clear(story, 'en')}.",
        f"Este apoyo puede perjudicar: {_clear(story, 'es')}.",
    )


def no_useful_difference(story: Story) -> Text:
    """That a difference that would matter is ruled out."""
    useful = story.useful or 0.0
    return Text(
        f"This support made no useful difference: {_opening(story, 'en')}. "
        f"{_capital(_range(story, 'en'))}; a difference that would matter, "
        f"{size(useful, story, 'en')} or more, does not.",
        f"Este apoyo no marcó una diferencia útil: {_opening(story, 'es')}. "
        f"{_capital(_range(story, 'es'))}; no admiten una diferencia que importaría, "
        f"de {size(useful, story, 'es')} o más.",
    )


def cannot_tell(story: Story, doubt: Doubt) -> Text:
    """That nothing can be told yet, and what it would take."""
    if doubt is Doubt.FEW_GIVEN:
        return Text(
            "We cannot tell yet whether this support helps: fewer than "
            f"{story.fewest} students were given it and could be "
            f"followed.{_power(story, 'en')}",
            "Todavía no podemos decir si este apoyo ayuda: lo recibieron menos de "
            f"{story.fewest} estudiantes a quienes se pudo "
            f"seguir.{_power(story, 'es')}",
        )
    if doubt is Doubt.WIDE:
        return Text(
            f"We cannot tell yet whether this support helps: {_opening(story, 'en')}, "
            f"and {_range(story, 'en')}.{_power(story, 'en')}",
            "Todavía no podemos decir si este apoyo ayuda: "
            f"{_opening(story, 'es')}, y {_range(story, 'es')}.{_power(story, 'es')}",
        )
    if doubt is Doubt.MODELS_DISAGREE:
        return Text(
            "We cannot tell yet whether this support helps: two ways of making "
            "students comparable disagree.",
            "Todavía no podemos decir si este apoyo ayuda: dos formas de hacer "
            "comparables a los estudiantes no coinciden.",
        )
    return Text(
        "We cannot tell yet whether this support helps: the comparison could not be "
        "computed with these students.",
        "Todavía no podemos decir si este apoyo ayuda: la comparación no se pudo "
        "calcular con estos estudiantes.",
    )


def _power(story: Story, language: Language) -> str:
    """The smallest effect these numbers would have shown, and what it takes."""
    if story.smallest is None or story.useful is None:
        return ""
    smallest, useful = (
        size(one, story, language) for one in (story.smallest, story.useful)
    )
    more = story.more or 0
    if language == "en":
        told = f" These numbers would have shown a difference of {smallest} or more."
        if more:
            told += (
                f" To see one of {useful}, about {numbers.count(more, 'en')} more "
                f"{'student' if more == 1 else 'students'} would have to be given it."
            )
        return told
    told = f" Estos datos habrían mostrado una diferencia de {smallest} o más."
    if more:
        told += (
            f" Para ver una de {useful}, tendrían que recibirlo unos "
            f"{numbers.count(more, 'es')} estudiantes más."
            if more > 1
            else f" Para ver una de {useful}, tendría que recibirlo un estudiante más."
        )
    return told


def not_comparable(story: Story, doubt: Doubt) -> Text:
    """That what followed says nothing of the support."""
    if doubt is Doubt.NO_COMPARISON:
        return Text(
            "We cannot say whether this support helps: hardly anybody comparable went "
            "without it, and before and after alone cannot show it.",
            "No podemos decir si este apoyo ayuda: casi nadie comparable dejó de "
            "recibirlo, y el antes y el después por sí solos no lo muestran.",
        )
    if doubt is Doubt.ATTRITION:
        lost = story.attrition or (0.0, 0.0)
        en, es = (
            [numbers.share(part, 1, language) for part in lost]
            for language in numbers.LOCALES
        )
        return Text(
            "The students given this support cannot be compared with others: "
            f"{en[0]} of them left before we could see what followed, and {en[1]} of "
            "the others.",
            "No se puede comparar a estudiantes que recibieron este apoyo con los "
            f"demás: {es[0]} se fue antes de poder ver qué siguió, y {es[1]} de los "
            "demás.",
        )
    apart = [one.name for one in _furthest(story.balance)]
    most = [" and ".join(one.en for one in apart), " y ".join(one.es for one in apart)]
    most_en = f" (most in {most[0]})" if apart else ""
    most_es = f" (sobre todo en {most[1]})" if apart else ""
    return Text(
        "The students given this support cannot be compared with others: they already "
        f"differed too much before it began{most_en}, so what followed says nothing "
        "about the support.",
        "No se puede comparar a estudiantes que recibieron este apoyo con los demás: "
        f"ya eran muy distintos antes de que comenzara{most_es}, así que lo que "
        "siguió no dice nada sobre el apoyo.",
    )


def _furthest(balance: tuple[Balance, ...]) -> list[Balance]:
    """The two covariates furthest apart before, half a standard deviation or more."""
    told = [one for one in balance if one.key != "untested"]
    apart = sorted(told, key=lambda one: -abs(one.before))
    return [one for one in apart[:2] if abs(one.before) >= 0.5]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def dosage(told: Dosage) -> Text | None:
    """Sessions given of those planned; that the effect is of being given it at all."""
    if not told.planned:
        return None
    en, es = (
        [
            numbers.count(told.delivered, language),
            numbers.count(told.planned, language),
            numbers.share(told.delivered, told.planned, language),
        ]
        for language in numbers.LOCALES
    )
    return Text(
        f"{en[0]} of {en[1]} planned sessions were given ({en[2]}). The comparison is "
        "of being given the support at all; it does not say that more sessions would "
        "do more.",
        f"Se dieron {es[0]} de {es[1]} sesiones planeadas ({es[2]}). Se compara haber "
        "recibido o no el apoyo; no dice que más sesiones harían más.",
    )


def looked(look: Look) -> Text | None:
    """When it was judged, and how often that is planned."""
    if look.planned <= 1 or look.on is None:
        return None
    return Text(
        "Judged only in January and June, so that nobody stops at a lucky moment: this "
        f"is look {look.number} of {look.planned}, and the interval allows for all.",
        "Se juzga solo en enero y junio, para que nadie se detenga en un momento de "
        f"suerte: esta es la revisión {look.number} de {look.planned}, y el intervalo "
        "cuenta con todas.",
    )


def unrecorded(ratio: float | None) -> Text:
    """What nobody wrote down may still differ; how strong it would have to be."""
    if ratio is None or not math.isfinite(ratio):
        return Text(
            "Students may differ in ways that nobody recorded.",
            "Los estudiantes pueden ser distintos en algo que nadie registró.",
        )
    en, es = (numbers.amount(ratio, language) for language in numbers.LOCALES)
    return Text(
        "Students may differ in ways that nobody recorded: to explain this away, "
        f"something would have to be {en} times as common among those given the "
        f"support and make the outcome {en} times as likely.",
        "Los estudiantes pueden ser distintos en algo que nadie registró: para "
        f"explicar esto, algo tendría que ser {es} veces más común entre quienes "
        f"recibieron el apoyo y hacer el resultado {es} veces más probable.",
    )


ONE_SCHOOL = Text(
    "All of it was given at one school: it may be otherwise at another.",
    "Todo se dio en una sola escuela: en otra puede ser distinto.",
)


def set_aside(unmatched: int, too_recent: int) -> tuple[Text, ...]:
    """Who is not in the comparison yet, or not at all."""
    told = []
    if unmatched:
        told.append(
            Text(
                f"Left out, since nobody like them went without it: "
                f"{numbers.count(unmatched, 'en')}.",
                "Quedan fuera, porque nadie parecido dejó de recibirlo: "
                f"{numbers.count(unmatched, 'es')}.",
            )
        )
    if too_recent:
        told.append(
            Text(
                "Began too recently to be judged at this look: "
                f"{numbers.count(too_recent, 'en')}.",
                "Comenzaron hace muy poco para esta revisión: "
                f"{numbers.count(too_recent, 'es')}.",
            )
        )
    return tuple(told)


def sentence(verdict: Verdict, doubt: Doubt | None, story: Story) -> Text:
    """The one sentence that answers "does it help?"."""
    if verdict is Verdict.HELPS:
        return helps(story)
    if verdict is Verdict.MAY_HARM:
        return may_harm(story)
    if verdict is Verdict.NO_USEFUL_DIFFERENCE:
        return no_useful_difference(story)
    if verdict is Verdict.CANNOT_TELL:
        return cannot_tell(story, doubt or Doubt.NO_MODEL)
    return not_comparable(story, doubt or Doubt.UNALIKE)
