"""Los hallazgos en español: frases cortas, la persona primero, el distrito como sujeto.

The twin of `en.py`: the same functions with the same parameters. Written for families
in the United States, not word by word.
"""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.deeds_es import DEEDS, Deed, general
from evenrise.findings.sentences.stories import (
    ChangeStory,
    Counted,
    GapStory,
    Measured,
    PairStory,
    PlaceStory,
    SchoolStory,
    TrendStory,
    Who,
)


KINDS = {
    "elementary": "las escuelas primarias del distrito",
    "middle": "las escuelas intermedias del distrito",
    "high": "las escuelas secundarias del distrito",
    "all": "las escuelas del distrito",
}
_ARTICLES = ("las ", "los ")
_OTHERS = "el resto del estudiantado"


def deed(what: Measured) -> Deed:
    """The words of this indicator, or general ones from its title."""
    return DEEDS.get(what.key) or general(what.title.es, what.good)


def bare(students: str) -> str:
    """Students without their article, as after a number or a preposition."""
    for article in _ARTICLES:
        students = students.removeprefix(article)
    return students


def rate(counted: Counted) -> str:
    """`3.5 %`."""
    return numbers.share(counted.x, counted.n, "es")


def rate_in_words(counted: Counted, students: str = "") -> str:
    """`3.5 %, más o menos 1 de cada 28`; feminine where the group is."""
    k = numbers.one_in(counted.x, counted.n)
    if k is None:
        return rate(counted)
    one = "una" if students.startswith("las ") else "uno"
    return f"{rate(counted)}, cerca de {one} de cada {numbers.small(k, 'es')}"


def of(counted: Counted) -> str:
    """`53 de 1,502`."""
    return f"{numbers.count(counted.x, 'es')} de {numbers.count(counted.n, 'es')}"


def subject(who: Who) -> str:
    """`el distrito`, or the school's name."""
    return "el distrito" if who.is_district else who.name


def capital(text: str) -> str:
    """The first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def the(rate_text: str) -> str:
    """`el 3.5 %`, but `menos del 1 %` as it is."""
    return rate_text if rate_text[0] == "m" else f"el {rate_text}"


def to_the(rate_text: str) -> str:
    """`al 3.5 %`, but `a menos del 1 %`."""
    return f"a {rate_text}" if rate_text[0] == "m" else f"al {rate_text}"


def from_the(rate_text: str) -> str:
    """`del 3.5 %`, but `de menos del 1 %`."""
    return f"de {rate_text}" if rate_text[0] == "m" else f"del {rate_text}"


def did(what: Measured, who: Who, counted: Counted, students: str) -> str:
    """`el distrito suspendió a 53 de sus 1,502 estudiantes con discapacidad`."""
    return deed(what).did.format(
        who=subject(who),
        x=numbers.count(counted.x, "es"),
        n=numbers.count(counted.n, "es"),
        students=bare(students),
    )


def headline(story: GapStory | PairStory) -> str:
    """The gap in a few words."""
    who = subject(story.who)
    students = bare(story.students.es)
    words = deed(story.what).headline.format(Who=capital(who), students=students)
    if story.certainty is Certainty.DIFFERENT:
        return words
    noun = deed(story.what).noun
    doubt = f"no está claro si difiere {noun}"
    if story.certainty is Certainty.TOO_FEW:
        doubt = f"muy pocos para afirmar si difiere {noun}"
    return f"{capital(students)}: {doubt}"


def gap_short(story: GapStory) -> str:
    """The gap in one sentence, for the summary."""
    students = story.students.es
    lead = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} ({rate(story.group)}), "
        f"frente {to_the(rate(story.others))} del resto del estudiantado"
    )
    if story.concerned < 1:
        return f"{lead}."
    more = "más" if story.what.good == "up" else "menos"
    people = "estudiante" if story.concerned == 1 else "estudiantes"
    about = (
        "1"
        if story.concerned == 1
        else (f"unos {numbers.count(story.concerned, 'es')}")
    )
    return (
        f"{lead}; con la tasa de los demás, habría habido {about} {people} {more} "
        f"{deed(story.what).tail}."
    )


def gap(story: GapStory) -> str:
    """The whole statement of a gap."""
    students = story.students.es
    lead = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} "
        f"({rate_in_words(story.group, students)}), frente {to_the(rate(story.others))}"
        f" del resto del estudiantado ({of(story.others)})."
    )
    parts = [lead]
    if story.certainty is Certainty.DIFFERENT:
        parts.append(_alike(story.what, students, story.concerned))
        parts.append(_certain(Certainty.DIFFERENT))
    else:
        parts.append(_certain(story.certainty))
    if story.certainty is not Certainty.TOO_FEW and story.years_known > 1:
        parts.append(_persistence(story))
    return " ".join(part for part in parts if part)


def _alike(what: Measured, students: str, concerned: int) -> str:
    if concerned < 1:
        return ""
    more = "más" if what.good == "up" else "menos"
    people = "estudiante" if concerned == 1 else "estudiantes"
    about = "1" if concerned == 1 else f"unos {numbers.count(concerned, 'es')}"
    return (
        f"Con la misma tasa que {_OTHERS}, habría habido {about} {people} {more} "
        f"{deed(what).tail} entre {bare(students)}."
    )


def _certain(certainty: Certainty) -> str:
    return {
        Certainty.DIFFERENT: "Las dos tasas son distintas: el azar por sí solo rara "
        "vez daría una brecha así de grande.",
        Certainty.UNCLEAR: "No está claro si las dos tasas son distintas: el azar por "
        "sí solo podría dar una brecha como esta.",
        Certainty.TOO_FEW: "Son muy pocos estudiantes para afirmar si las dos tasas "
        "son distintas.",
    }[certainty]


def _persistence(story: GapStory) -> str:
    same, known = story.years_same, story.years_known
    if same == known:
        return (
            "La brecha va en el mismo sentido en los "
            f"{numbers.small(known, 'es')} años con datos."
        )
    one = "un" if same == 1 else numbers.small(same, "es")
    return (
        f"La brecha va en el mismo sentido en {one} de los "
        f"{numbers.small(known, 'es')} años con datos."
    )


def change_headline(story: ChangeStory) -> str:
    """The change in a few words."""
    students = capital(bare(story.students.es))
    if story.certainty is not Certainty.DIFFERENT:
        return (
            f"{students}: no está claro si cambió la brecha en {deed(story.what).noun}"
        )
    return f"{students}: {_SHORT[story.label]}"


_SHORT = {
    "excellence_and_equity": "la brecha se redujo y nadie perdió",
    "narrowed_partly_by_fall": "la brecha se redujo, en parte por una pérdida de otros",
    "levelling_down": "la brecha se redujo al bajar el grupo más alto; "
    "no es una ganancia",
    "unchanged": "la brecha no cambió",
    "rising_but_widening": "los resultados mejoraron, pero la brecha creció",
    "leaving_behind": "otros ganaron, este grupo no",
    "falling_and_widening": "los resultados empeoraron y la brecha creció",
}


def reading(story: ChangeStory) -> str:
    """What happened to the gap, in one line, by the point values."""
    size = numbers.points(
        story.narrowing, min(part.n for part in (*story.group, *story.others)), "es"
    )
    lower, higher = bare(story.students.es), _OTHERS
    if story.better == "group":
        lower, higher = higher, lower
    text = {
        "excellence_and_equity": _both(story, size),
        "narrowed_partly_by_fall": f"La brecha se redujo {size} puntos, pero en parte "
        f"al empeorar los resultados entre {higher}; esa parte no es un avance.",
        "levelling_down": f"La brecha se redujo {size} puntos solo al empeorar los "
        f"resultados entre {higher}, sin ninguna mejora entre {lower}. "
        "Eso es igualar hacia abajo, no avanzar.",
        "unchanged": "La brecha quedó igual.",
        "rising_but_widening": f"Los resultados mejoraron entre {lower}, pero más "
        f"entre {higher}: la brecha creció {size} puntos.",
        "leaving_behind": f"La brecha creció {size} puntos: los resultados no "
        f"mejoraron entre {lower}, mientras que se mantuvieron o mejoraron "
        f"entre {higher}.",
        "falling_and_widening": "Los resultados empeoraron en ambos casos y la brecha "
        f"creció {size} puntos.",
    }[story.label]
    if story.certainty is Certainty.DIFFERENT:
        return text
    return f"A primera vista, {text[:1].lower()}{text[1:]}"


def _both(story: ChangeStory, size: str) -> str:
    before, after = story.others if story.better == "others" else story.group
    if before.x * after.n == after.x * before.n:
        return f"La brecha se redujo {size} puntos y nadie perdió."
    moved = "subieron" if story.what.good == "up" else "bajaron"
    better = "" if story.what.good == "up" else ", lo cual es mejor,"
    return f"Las dos tasas {moved}{better} y la brecha se redujo {size} puntos."


def change(story: ChangeStory) -> str:
    """The whole statement of a change."""
    first, last = (numbers.year(year) for year in story.years)
    lead = (
        f"De {first} a {last}, {deed(story.what).noun} {_owner(story.who)} "
        f"{_moved(*story.group)} entre {bare(story.students.es)} y "
        f"{_moved(*story.others)} entre {_OTHERS}."
    )
    told = "" if story.certainty is Certainty.TOO_FEW else f"{reading(story)} "
    return f"{lead} {told}{_certain_change(story.certainty)}"


def _owner(who: Who) -> str:
    return "del distrito" if who.is_district else f"de {who.name}"


def _moved(before: Counted, after: Counted) -> str:
    step = after.share - before.share
    if rate(before) == rate(after):
        return f"se mantuvo en {the(rate(after))} ({of(before)}, luego {of(after)})"
    verb = "subió" if step > 0 else "bajó"
    return (
        f"{verb} {from_the(rate(before))} ({of(before)}) "
        f"{to_the(rate(after))} ({of(after)})"
    )


def _certain_change(certainty: Certainty) -> str:
    return {
        Certainty.DIFFERENT: "La brecha es distinta de la de antes: el azar por sí "
        "solo rara vez la cambiaría tanto.",
        Certainty.UNCLEAR: "No está claro si la brecha cambió: el azar por sí solo "
        "podría dar un cambio como este.",
        Certainty.TOO_FEW: "Son muy pocos estudiantes para afirmar si la brecha "
        "cambió.",
    }[certainty]


def trend(story: TrendStory) -> str:
    """How all students fared over the years."""
    first, last = (numbers.year(year) for year in story.years)
    text = (
        f"De {first} a {last}, {deed(story.what).noun} {_owner(story.who)} "
        f"{_moved(story.before, story.after)} para todo el estudiantado."
    )
    if story.certainty is Certainty.DIFFERENT:
        return f"{text} El azar por sí solo rara vez daría un cambio así de grande."
    return f"{text} No está claro si es algo más que el azar."


def trend_headline(story: TrendStory) -> str:
    """The change of all students in a few words."""
    improved = (story.after.share > story.before.share) == (story.what.good == "up")
    noun = capital(deed(story.what).noun)
    if story.certainty is not Certainty.DIFFERENT:
        return f"{noun}: no está claro si cambió para todo el estudiantado"
    return f"{noun}: {'mejor' if improved else 'peor'} para el estudiantado en conjunto"


def schools_together(kind: str) -> str:
    """The schools that a school is compared with."""
    return capital(KINDS[kind])


def school_headline(story: SchoolStory) -> str:
    """A school that stands out, in a few words."""
    toward = (
        "vale la pena visitarla para aprender"
        if story.good
        else "conviene mirarla de cerca"
    )
    whom = f" entre {bare(story.students.es)}" if story.students else ""
    noun = deed(story.what).noun
    return f"{story.who.name} se distingue por {noun}{whom}: {toward}"


def school(story: SchoolStory) -> str:
    """The whole statement about a school that stands out."""
    students = story.students.es if story.students else "estudiantes"
    beside = KINDS[story.kind]
    whom = f"entre {bare(students)} de " if story.students else "en "
    center = numbers.share(story.center * story.center_n, story.center_n, "es")
    better = "mejor" if story.good else "peor"
    return (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.school, students)} "
        f"({rate_in_words(story.school, students)}). {capital(whom)}{beside} en "
        f"conjunto (son {numbers.count(story.schools, 'es')}) fue "
        f"{from_the(center)}. La diferencia, para {better}, es mayor de lo que darían "
        "el azar y la variación habitual entre escuelas."
    )


def pair(story: PairStory) -> str:
    """The whole statement about students of two groups at once."""
    students = story.students.es
    text = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.pair, students)} "
        f"({rate_in_words(story.pair, students)}), frente {to_the(rate(story.others))} "
        f"del resto del estudiantado ({of(story.others)})."
    )
    beyond = {
        "sum": "Es más o menos lo que suman las tasas de los dos grupos por separado.",
        "more": "Se aleja de los demás más de lo que suman las tasas de los dos grupos "
        "por separado.",
        "less": "Se acerca a los demás más de lo que suman las tasas de los dos grupos "
        "por separado.",
        "": "",
    }[story.beyond]
    alike = ""
    if story.certainty is Certainty.DIFFERENT:
        alike = _alike(story.what, students, story.concerned)
    parts = (text, alike, beyond, _certain(story.certainty))
    return " ".join(part for part in parts if part)


def place(story: PlaceStory) -> str:
    """How the state and districts like this one fare."""
    parts = []
    if story.peers is not None:
        number = numbers.count(story.peers_number, "es")
        parts.append(
            f"en {number} distritos con estudiantes parecidos fue "
            f"{from_the(rate(story.peers))} ({of(story.peers)})"
        )
    if story.state is not None:
        whole = "todo el estado"
        if story.districts:
            number = numbers.count(story.districts, "es")
            whole = f"los {number} distritos del archivo"
        parts.append(f"en {whole}, {from_the(rate(story.state))} ({of(story.state)})")
    return (
        f"{capital(deed(story.what).noun)} {_owner(story.who)} fue "
        f"{from_the(rate(story.district))}; {', y '.join(parts)}."
    )


def together(what: Measured, who: Who, year: int, counted: Counted) -> str:
    """All students, in a sentence of the answer."""
    return (
        f"En {numbers.year(year)}, {did(what, who, counted, 'estudiantes')} "
        f"({rate_in_words(counted)})."
    )
