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
    SchoolStory,
    TrendStory,
    Who,
)


KINDS = {
    "elementary": "las escuelas primarias del distrito",
    "middle": "las escuelas intermedias del distrito",
    "high": "las escuelas preparatorias del distrito",
    "all": "las escuelas del distrito",
}
_ARTICLES = ("las ", "los ")
_OTHERS = "los demás estudiantes"


def deed(what: Measured) -> Deed:
    """The words of this indicator, or general ones from its title."""
    return DEEDS.get(what.key) or general(what.title.es, what.good)


def bare(students: str) -> str:
    """Students without their article, as after a number or a preposition."""
    for article in _ARTICLES:
        students = students.removeprefix(article)
    return students


def the_students(students: str) -> str:
    """Students with their article: `los estudiantes con discapacidad`."""
    if students.startswith((*_ARTICLES, "todos ")):
        return students
    return f"los {students}"


def rate(counted: Counted) -> str:
    """`3.5 %`."""
    return numbers.share(counted.x, counted.n, "es")


def rate_in_words(counted: Counted, students: str = "") -> str:
    """`3.5 %, alrededor de uno de cada 28`; feminine where the group is."""
    k = numbers.one_in(counted.x, counted.n)
    if k is None:
        return rate(counted)
    one = "una" if students.startswith("las ") else "uno"
    return f"{rate(counted)}, alrededor de {one} de cada {numbers.small(k, 'es')}"


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
    students = the_students(story.students.es)
    noun = deed(story.what).noun
    if story.certainty is Certainty.DIFFERENT:
        return deed(story.what).headline.format(
            Who=capital(subject(story.who)), students=students
        )
    if story.certainty is Certainty.TOO_FEW:
        return f"Son muy pocos {bare(students)} para afirmar si difiere {noun}"
    return f"No está claro si difiere {noun} entre {students}"


def gap_short(story: GapStory) -> str:
    """The gap in one sentence, for the summary."""
    students = story.students.es
    lead = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} ({rate(story.group)}), "
        f"frente {to_the(rate(story.others))} de {_OTHERS}"
    )
    if story.concerned < 1:
        return f"{lead}."
    return f"{lead}; con la tasa de los demás, {_would(story)}."


def gap(story: GapStory) -> str:
    """The whole statement of a gap."""
    students = story.students.es
    lead = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.group, students)} "
        f"({rate_in_words(story.group, students)}), frente {to_the(rate(story.others))}"
        f" de {_OTHERS} ({of(story.others)})."
    )
    parts = [lead]
    if story.certainty is Certainty.DIFFERENT:
        parts.append(_alike(story))
        parts.append(_certain(Certainty.DIFFERENT))
    else:
        parts.append(_certain(story.certainty))
    if story.certainty is not Certainty.TOO_FEW and story.years_known > 1:
        parts.append(_persistence(story))
    return " ".join(part for part in parts if part)


def _alike(story: GapStory | PairStory) -> str:
    if story.concerned < 1:
        return ""
    return f"Con la misma tasa que {_OTHERS}, {_would(story)}."


def _would(story: GapStory | PairStory) -> str:
    """`unos 31 menos habrían recibido una suspensión`; `unas` for girls."""
    more = "más" if story.what.good == "up" else "menos"
    if story.concerned == 1:
        return f"1 {more} {deed(story.what).would.format(hab='habría')}"
    about = "unas" if story.students.es.startswith("las ") else "unos"
    return (
        f"{about} {numbers.count(story.concerned, 'es')} {more} "
        f"{deed(story.what).would.format(hab='habrían')}"
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
    some = "uno" if same == 1 else numbers.small(same, "es")
    return (
        f"La brecha va en el mismo sentido en {some} de los "
        f"{numbers.small(known, 'es')} años con datos."
    )


def change_headline(story: ChangeStory) -> str:
    """The change in a few words."""
    topic, students = deed(story.what).topic, the_students(story.students.es)
    if story.certainty is not Certainty.DIFFERENT:
        return f"{topic}: no está claro si cambió la brecha de {students}"
    return f"{topic}, {bare(students)}: {_SHORT[story.label]}"


_SHORT = {
    "excellence_and_equity": "la brecha se redujo y nadie perdió terreno",
    "narrowed_partly_by_fall": "la brecha se redujo, en parte al perder terreno el "
    "grupo con ventaja",
    "levelling_down": "la brecha se redujo solo al perder terreno el grupo con ventaja",
    "unchanged": "la brecha no cambió",
    "rising_but_widening": "ambos mejoraron, pero la brecha creció",
    "leaving_behind": "la brecha creció, sin mejora para quienes iban atrás",
    "falling_and_widening": "ambos perdieron terreno y la brecha creció",
}


def reading(story: ChangeStory) -> str:
    """What happened to the gap, in one line, by the point values."""
    size = _points(story)
    sure = story.certainty is Certainty.DIFFERENT
    lower, higher = the_students(story.students.es), _OTHERS
    if story.better == "group":
        lower, higher = higher, lower
    text = {
        "excellence_and_equity": _both(story, size),
        "narrowed_partly_by_fall": f"La brecha se redujo {size}, pero en parte "
        f"al empeorar los resultados entre {higher}; esa parte no es un avance.",
        "levelling_down": f"La brecha se redujo {size} solo al empeorar los "
        f"resultados entre {higher}, sin ninguna mejora entre {lower}. "
        f"Eso {'es' if sure else 'sería'} igualar hacia abajo, no avanzar.",
        "unchanged": "La brecha quedó igual.",
        "rising_but_widening": f"Los resultados mejoraron entre {lower}, pero más "
        f"entre {higher}: la brecha creció {size}.",
        "leaving_behind": f"La brecha creció {size}: los resultados no "
        f"mejoraron entre {lower}, mientras que se mantuvieron o mejoraron "
        f"entre {higher}.",
        "falling_and_widening": "Los resultados empeoraron en ambos casos y la brecha "
        f"creció {size}.",
    }[story.label]
    if sure:
        return text
    return f"A primera vista, {text[:1].lower()}{text[1:]}"


def _points(story: ChangeStory) -> str:
    """By how much the gap moved: `4 puntos`, `1 punto`."""
    fewest = min(part.n for part in (*story.group, *story.others))
    size = numbers.points(story.narrowing, fewest, "es")
    return f"{size} punto" if size == "1" else f"{size} puntos"


def _both(story: ChangeStory, size: str) -> str:
    if any(_still(*moved) for moved in (story.group, story.others)):
        return f"La brecha se redujo {size} y nadie perdió terreno."
    moved = "subieron" if story.what.good == "up" else "bajaron"
    better = "" if story.what.good == "up" else ", lo cual es mejor,"
    return f"Las dos tasas {moved}{better} y la brecha se redujo {size}."


def change(story: ChangeStory) -> str:
    """The whole statement of a change."""
    first, last = (numbers.year(year) for year in story.years)
    lead = (
        f"De {first} a {last}, {owned(story.what, story.who)} "
        f"{_moved(*story.group)} entre {the_students(story.students.es)} y "
        f"{_moved(*story.others, said=_verb(*story.group))} entre {_OTHERS}."
    )
    told = "" if story.certainty is Certainty.TOO_FEW else f"{reading(story)} "
    return f"{lead} {told}{_certain_change(story.certainty)}"


def _owner(who: Who) -> str:
    return "del distrito" if who.is_district else f"de {who.name}"


def owned(what: Measured, who: Who) -> str:
    """`la tasa de suspensión del distrito`; a school's name stands in the middle."""
    words = deed(what)
    return f"{words.name} {_owner(who)}{words.rest}"


def _still(before: Counted, after: Counted) -> bool:
    return rate(before) == rate(after)


def _verb(before: Counted, after: Counted) -> str:
    if _still(before, after):
        return "se mantuvo"
    return "subió" if after.share > before.share else "bajó"


def _moved(before: Counted, after: Counted, said: str = "") -> str:
    """`bajó del 4 % (2 de 50) al 2 % (1 de 50)`; the verb is said once."""
    verb = _verb(before, after)
    again = "" if verb == said else f"{verb} "
    if verb == "se mantuvo":
        return f"{again}en {the(rate(after))} ({of(before)}, luego {of(after)})"
    return (
        f"{again}{from_the(rate(before))} ({of(before)}) "
        f"{to_the(rate(after))} ({of(after)})"
    )


def _certain_change(certainty: Certainty) -> str:
    return {
        Certainty.DIFFERENT: "El cambio es claro: el azar por sí solo rara vez "
        "movería tanto una brecha.",
        Certainty.UNCLEAR: "No está claro si la brecha cambió: el azar por sí solo "
        "podría dar un cambio como este.",
        Certainty.TOO_FEW: "Son muy pocos estudiantes para afirmar si la brecha "
        "cambió.",
    }[certainty]


def trend(story: TrendStory) -> str:
    """How all students fared over the years."""
    first, last = (numbers.year(year) for year in story.years)
    text = (
        f"De {first} a {last}, {owned(story.what, story.who)} "
        f"{_moved(story.before, story.after)}."
    )
    if story.certainty is Certainty.DIFFERENT:
        return f"{text} El azar por sí solo rara vez daría un cambio así de grande."
    return f"{text} No está claro si es algo más que el azar."


def trend_headline(story: TrendStory) -> str:
    """The change of all students in a few words."""
    do, before, after = deed(story.what).do, story.before, story.after
    if story.certainty is not Certainty.DIFFERENT:
        return f"No está claro si cambió {deed(story.what).noun}"
    up = after.share > before.share
    if (after.x > before.x) == up and after.x != before.x:
        who = "Más estudiantes" if up else "Menos estudiantes"
    else:  # the number of students changed the other way
        who = f"Una {'mayor' if up else 'menor'} proporción de estudiantes"
    return (
        f"{who} {do}: {rate(after)}, frente {to_the(rate(before))} en "
        f"{numbers.year(story.years[0])}"
    )


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
    whom = f" entre {the_students(story.students.es)}" if story.students else ""
    noun = deed(story.what).noun
    return f"{story.who.name} se distingue por {noun}{whom}: {toward}"


def school(story: SchoolStory) -> str:
    """The whole statement about a school that stands out."""
    students = story.students.es if story.students else "estudiantes"
    beside = KINDS[story.kind]
    whom = f"entre {the_students(students)} de " if story.students else "en "
    center = numbers.share(story.center * story.center_n, story.center_n, "es")
    better = "mejor" if story.good else "peor"
    return (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.school, students)} "
        f"({rate_in_words(story.school, students)}). {capital(whom)}{beside} en "
        f"conjunto (son {numbers.count(story.schools, 'es')}), la tasa fue "
        f"{from_the(center)}. La diferencia es para {better}, y mayor de lo que "
        "darían el azar y la variación habitual entre escuelas."
    )


def pair(story: PairStory) -> str:
    """The whole statement about students of two groups at once."""
    students = story.students.es
    text = (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.pair, students)} "
        f"({rate_in_words(story.pair, students)}), frente {to_the(rate(story.others))} "
        f"de {_OTHERS} ({of(story.others)})."
    )
    beyond = {
        "sum": "Es más o menos lo que darían juntas las brechas de los dos grupos.",
        "more": "Se aleja de los demás más de lo que darían juntas las brechas de los "
        "dos grupos.",
        "less": "Se aleja de los demás menos de lo que darían juntas las brechas de "
        "los dos grupos.",
        "": "",
    }[story.beyond]
    alike = ""
    if story.certainty is Certainty.DIFFERENT:
        alike = _alike(story)
    parts = (text, alike, beyond, _certain(story.certainty))
    return " ".join(part for part in parts if part)


def together(what: Measured, who: Who, year: int, counted: Counted) -> str:
    """All students, in a sentence of the answer."""
    return (
        f"En {numbers.year(year)}, {did(what, who, counted, 'estudiantes')} "
        f"({rate_in_words(counted)})."
    )
