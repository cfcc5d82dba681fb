"""What a chain says, in both languages, told from the same numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evenrise.findings.chain.model import Dosage, Holds, Link, Placed
from evenrise.findings.promises.model import MeasureReading
from evenrise.findings.promises.words import LABELS
from evenrise.findings.sentences import numbers
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text


TITLES: dict[Link, Text] = {
    Link.REACHED: Text("Learning reached them", "El aprendizaje llegó"),
    Link.PRACTICE: Text("Practice changed", "La práctica cambió"),
    Link.STUDENTS: Text("Students gained", "Los estudiantes ganaron"),
}
HOLDS: dict[Holds, Text] = {
    Holds.YES: Text("Yes", "Sí"),
    Holds.PARTLY: Text("Partly", "En parte"),
    Holds.NO: Text("Not yet", "Todavía no"),
    Holds.UNCLEAR: Text("Unclear", "No está claro"),
    Holds.TOO_FEW: Text("Too few to say", "Muy pocos para decirlo"),
    Holds.NO_DATA: Text("Nothing to read yet", "Todavía no hay datos"),
}
CAN: dict[Link, Text] = {
    Link.REACHED: Text(
        "It shows who had the chance to learn, and for how long.",
        "Muestra quiénes tuvieron la oportunidad de aprender y por cuánto tiempo.",
    ),
    Link.PRACTICE: Text(
        "It shows whether the same people place their practice nearer the ideal than "
        "when they began.",
        "Muestra si las mismas personas ubican su práctica más cerca del ideal que al "
        "comenzar.",
    ),
    Link.STUDENTS: Text(
        "It shows whether all students rose and the gap closed since the year before.",
        "Muestra si mejoraron todos los estudiantes y se cerró la brecha desde el año "
        "anterior.",
    ),
}
CANNOT: dict[Link, Text] = {
    Link.REACHED: Text(
        "It cannot show whether anybody learned anything: hours are not learning.",
        "No puede mostrar si alguien aprendió algo: las horas no son aprendizaje.",
    ),
    Link.PRACTICE: Text(
        "It cannot speak for those who were not placed, and people who learn more "
        "about a practice often judge their own more strictly.",
        "No puede hablar por quienes no fueron ubicados; además, quien aprende más "
        "sobre una práctica suele juzgar la suya con más rigor.",
    ),
    Link.STUDENTS: Text(
        "It cannot show that the initiative is the reason: other things changed too.",
        "No puede mostrar que la iniciativa sea la causa: también cambiaron otras "
        "cosas.",
    ),
}
_NO_HOURS = Text(
    "Nobody has said yet how many hours of learning it takes, or for whom.",
    "Todavía no se ha dicho cuántas horas de aprendizaje hacen falta, ni para quiénes.",
)
_FEW_ADULTS = Text(
    "Fewer than ten adults: nothing is shown, so that nobody is pointed at.",
    "Son menos de diez personas adultas: no se muestra nada, para no señalar a nadie.",
)
_NO_MAP = Text(
    "Nobody has placed their practice on the map yet.",
    "Todavía nadie ha ubicado su práctica en el mapa.",
)
_NO_FACTS = Text(
    "There are no figures of students after it began.",
    "No hay datos de los estudiantes posteriores al comienzo.",
)

_ALL_HOLD = Text(
    "All three links hold: learning reached them, practice changed, students gained.",
    "Los tres eslabones se sostienen: el aprendizaje llegó, la práctica cambió y los "
    "estudiantes ganaron.",
)
_BREAKS: dict[Link, Text] = {
    Link.REACHED: Text(
        "The chain breaks at its first link: the learning has not reached enough of "
        "the adults it is meant for.",
        "La cadena se rompe en el primer eslabón: el aprendizaje no ha llegado a "
        "suficientes de las personas adultas para quienes es.",
    ),
    Link.PRACTICE: Text(
        "The learning reached them; the chain breaks at practice.",
        "El aprendizaje llegó; la cadena se rompe en la práctica.",
    ),
    Link.STUDENTS: Text(
        "The learning reached them and practice changed; students have not gained yet.",
        "El aprendizaje llegó y la práctica cambió; los estudiantes todavía no han "
        "ganado.",
    ),
}
_UNKNOWN: dict[Link, Text] = {
    Link.REACHED: Text(
        "Whether the learning reached them cannot be said yet.",
        "Todavía no se puede decir si el aprendizaje llegó.",
    ),
    Link.PRACTICE: Text(
        "The learning reached them; whether practice changed cannot be said yet.",
        "El aprendizaje llegó; todavía no se puede decir si la práctica cambió.",
    ),
    Link.STUDENTS: Text(
        "The learning reached them and practice changed; what students got cannot be "
        "said yet.",
        "El aprendizaje llegó y la práctica cambió; todavía no se puede decir qué "
        "recibieron los estudiantes.",
    ),
}
_LANGUAGES: tuple[Language, Language] = ("en", "es")
_NEARLY_ALL = 9  # tenths
_WAYS: dict[Language, tuple[str, str, str]] = {
    "en": ("up by", "down by", "neither way"),
    "es": ("subió", "bajó", "no cambió"),
}
_MORE: dict[Language, str] = {"en": "points or more", "es": "puntos o más"}
_SAID = (Holds.PARTLY, Holds.NO)
_MENDED: dict[Link, Text] = {
    Link.REACHED: Text(
        "Mend access first: times, places, substitutes, and who was never asked.",
        "Atienda primero el acceso: horarios, lugares, suplencias y a quién no se "
        "invitó.",
    ),
    Link.PRACTICE: Text(
        "More of the same learning will not do: add coaching, time together and "
        "something to try on Monday.",
        "No bastará con más de lo mismo: agregue acompañamiento, tiempo en equipo y "
        "algo que probar el lunes.",
    ),
    Link.STUDENTS: Text(
        "Ask whether it is the right practice: study it in a cycle, with the students "
        "for whom it should matter most.",
        "Pregunte si es la práctica adecuada: estúdiela en un ciclo, con los "
        "estudiantes a quienes más debería servir.",
    ),
}
_LOOK: dict[Link, Text] = {
    Link.REACHED: Text(
        "Say for whom it is and how many hours it takes, and note who came.",
        "Diga para quiénes es y cuántas horas hacen falta, y anote quién asistió.",
    ),
    Link.PRACTICE: Text(
        "Invite everybody to place their practice on the map, now and again in some "
        "months.",
        "Invite a todas las personas a ubicar su práctica en el mapa, ahora y otra vez "
        "dentro de unos meses.",
    ),
    Link.STUDENTS: Text(
        "Wait for the figures of the school year, and keep watching by the week in a "
        "cycle.",
        "Espere los datos del año escolar y siga observando cada semana en un ciclo.",
    ),
}
_GO_ON = Text(
    "Go on, and pass it on: others can learn from it.",
    "Siga adelante y compártalo: otras personas pueden aprender de ello.",
)


def chain_sentence(at: Link | None, holds: Holds) -> Text:
    """Where the chain breaks first."""
    if at is None:
        return _ALL_HOLD
    return (_BREAKS if holds in _SAID else _UNKNOWN)[at]


def mend_sentence(at: Link | None, holds: Holds) -> Text:
    """What there is to mend."""
    if at is None:
        return _GO_ON
    return (_MENDED if holds in _SAID else _LOOK)[at]


def reached_sentence(one: Dosage, holds: Holds) -> Text:
    """How many of those it is for had their hours."""
    if holds is Holds.NO_DATA or one.wanted is None:
        return _NO_HOURS
    if holds is Holds.TOO_FEW:
        return _FEW_ADULTS
    en, es = (
        {
            "enough": numbers.count(one.enough, language),
            "meant": numbers.count(one.meant, language),
            "hours": numbers.count(one.wanted or 0, language),
            "share": numbers.share(one.enough, one.meant, language),
            "some": numbers.count(one.some, language),
        }
        for language in _LANGUAGES
    )
    return Text(
        "{enough} of {meant} adults it is meant for ({share}) had {hours} hours or "
        "more; {some} came at least once.".format(**en),
        "{enough} de {meant} personas adultas para quienes es ({share}) tuvieron "
        "{hours} horas o más; {some} asistieron al menos una vez.".format(**es),
    )


def practice_sentence(
    placed: Placed | None,
    holds: Holds,
    share: Estimate | None,
    change: Estimate | None,
) -> Text:
    """How many stand at the wanted level, and the change of those placed twice."""
    if placed is None or holds is Holds.NO_DATA:
        return _NO_MAP
    if share is None:
        return _FEW_ADULTS
    return Text(
        _practice_en(placed, change),
        _practice_es(placed, change),
    )


def _practice_en(placed: Placed, change: Estimate | None) -> str:
    now = (
        f"{_tenths(placed, 'en')} of {numbers.count(placed.people, 'en')} adults "
        "placed stand at the wanted level or better."
    )
    if change is None:
        return f"{now} Too few were placed twice to say whether practice changed."
    return (
        f"{now} Of {numbers.count(placed.pairs.n, 'en')} placed twice, the share at "
        f"that level went {_moved(change, 'en')}."
    )


def _practice_es(placed: Placed, change: Estimate | None) -> str:
    now = (
        f"De {numbers.count(placed.people, 'es')} personas ubicadas, "
        f"{_tenths(placed, 'es')} están en el nivel deseado o mejor."
    )
    if change is None:
        return (
            f"{now} Muy pocas fueron ubicadas dos veces para decir si la práctica "
            "cambió."
        )
    return (
        f"{now} De {numbers.count(placed.pairs.n, 'es')} ubicadas dos veces, la "
        f"proporción en ese nivel {_moved(change, 'es')}."
    )


def _tenths(placed: Placed, language: Language) -> str:
    """In tenths, and never none or all: that would tell of every one of them."""
    tenth = round(10 * placed.there / placed.people)
    if tenth <= 1:
        return "1 in 10 or fewer" if language == "en" else "1 de cada 10 o menos"
    if tenth >= _NEARLY_ALL:
        return "9 in 10 or more" if language == "en" else "9 de cada 10 o más"
    return f"About {tenth} in 10" if language == "en" else f"unas {tenth} de cada 10"


def _moved(change: Estimate, language: Language) -> str:
    """Up or down by so many points, with the interval."""
    value, n = change.value or 0.0, change.n or 0
    if abs(value) >= _NEARLY_ALL / 10:  # nearly everybody: no number says whether all
        way = _WAYS[language][0 if value > 0 else 1]
        return f"{way} {_NEARLY_ALL}0 {_MORE[language]}"
    by = numbers.points(abs(value), n, language)
    low, high = (
        numbers.count(round(100 * (edge or 0.0)), language)
        for edge in (change.lower, change.upper)
    )
    up, down, still = _WAYS[language]
    if language == "en":
        told = f"{up if value > 0 else down} {by} points" if value else still
        return f"{told} (between {low} and {high} points)"
    told = f"{up if value > 0 else down} {by} puntos" if value else still
    return f"{told} (entre {low} y {high} puntos)"


def students_sentence(readings: Sequence[MeasureReading], holds: Holds) -> Text:
    """What became of the indicator, at one place or at several."""
    if holds is Holds.NO_DATA or not readings:
        return _NO_FACTS
    if len(readings) == 1:
        return readings[0].sentence
    counted = Counter(one.label for one in readings)
    en, es = (
        "; ".join(
            f"{label[language]}: {counted[one]}"
            for one, label in LABELS.items()
            if counted[one]
        )
        for language in _LANGUAGES
    )
    return Text(
        f"At {len(readings)} schools, each read by itself: {en}.",
        f"En {len(readings)} escuelas, cada una leída por separado: {es}.",
    )
