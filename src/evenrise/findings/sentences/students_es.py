"""Hallazgos sobre estudiantes parecidos, en español; the twin of `students_en.py`."""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.es import (
    bare,
    capital,
    deed,
    did,
    rate,
    subject,
    the,
    the_students,
)
from evenrise.findings.sentences.stories import Measured
from evenrise.findings.sentences.student_stories import (
    AlikeStory,
    BrightStory,
    MeetingStory,
    PartsStory,
    StratumStory,
)
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


OUTCOMES = {
    "met_standard_ela": "los puntajes de inglés",
    "met_standard_math": "los puntajes de matemáticas",
    "chronic_absence": "el ausentismo crónico",
}


def outcome(what: Measured) -> str:
    """What students received, in a few words."""
    return OUTCOMES.get(what.key) or deed(what).noun


def size(value: float, *, scores: bool) -> str:
    """`0.35`, or `12` points; a minus where it is against the direction told."""
    shown = f"{abs(value):.2f}" if scores else f"{abs(value) * 100:.0f}"
    return f"−{shown}" if value < 0 and float(shown) else shown


def sized(one: Estimate, *, scores: bool) -> str:
    """`0.35 desviaciones estándar (0.20 a 0.50)`."""
    value, low, high = one.value or 0.0, one.lower or 0.0, one.upper or 0.0
    unit = "desviaciones estándar" if scores else "puntos"
    ends = f"{size(low, scores=scores)} a {size(high, scores=scores)}"
    return f"{size(value, scores=scores)} {unit} (intervalo del 95 %: {ends})"


def alike_headline(story: AlikeStory) -> str:
    """Two schools, in a few words."""
    what = outcome(story.what)
    pair = f"{story.first} y {story.second}"
    if story.certainty is Certainty.DIFFERENT:
        return f"En {what}, a estudiantes parecidos les va distinto en {pair}"
    return (
        f"En {what}, no está claro si a estudiantes parecidos les va distinto en {pair}"
    )


def alike(story: AlikeStory) -> str:
    """The whole statement: the model and the exact comparison side by side."""
    earlier = "resultados anteriores, " if story.prior else ""
    scores = story.scores
    lead = (
        f"En {numbers.year(story.year)}, entre estudiantes parecidos en grado, "
        f"{earlier}idioma, discapacidad e ingresos familiares, la mayor diferencia en "
        f"{outcome(story.what)} está entre {story.first} y {story.second}, "
        "de las escuelas que atienden a estudiantes parecidos "
        f"(se comparan {numbers.small(story.schools, 'es')} escuelas)."
    )
    model = (
        "Un modelo con todos los estudiantes calcula una diferencia de "
        f"{sized(story.model, scores=scores)} a favor de los estudiantes de "
        f"{story.first}."
    )
    first, second = (numbers.share(part * 100, 100, "es") for part in story.coverage)
    matched = (
        "Solo entre quienes tienen estudiantes iguales a ellos en la otra escuela "
        f"({the(first)} de los estudiantes de {story.first} y {the(second)} de "
        f"{story.second}), es de {sized(story.matched, scores=scores)}."
    )
    parts = [lead, model, matched, _certain(story.certainty), _few(story.too_few)]
    return " ".join(part for part in parts if part)


def _certain(certainty: Certainty) -> str:
    if certainty is Certainty.DIFFERENT:
        return (
            "Las dos escuelas son distintas: el azar por sí solo rara vez daría una "
            "diferencia así de grande, y las dos formas de mirar coinciden."
        )
    return (
        "No está claro si las dos escuelas son distintas: el azar por sí solo podría "
        "dar una diferencia como esta, o las dos formas de mirar no coinciden."
    )


def _few(schools: int) -> str:
    if not schools:
        return ""
    if schools == 1:
        return "En otra escuela hay muy pocos estudiantes para afirmar algo."
    return (
        f"En otras {numbers.small(schools, 'es')} escuelas hay muy pocos estudiantes "
        "para afirmar algo."
    )


def bright_headline(story: BrightStory) -> str:
    """A place to visit, in a few words."""
    return (
        f"{story.who.name}: vale la pena visitarla para aprender, por "
        f"{outcome(story.what)}"
    )


def bright(story: BrightStory) -> str:
    """The whole statement: an invitation."""
    earlier = ", resultados anteriores" if story.prior else ""
    springs = ", ".join(numbers.year(year) for year in story.years)
    held, known = len(story.years), story.known
    one = "uno" if held == 1 else numbers.small(held, "es")
    when = f"en {one} de los últimos {numbers.small(known, 'es')} años ({springs})"
    if held == known:
        when = (
            f"en los {numbers.small(known, 'es')} últimos años que se pueden mirar "
            f"({springs})"
        )
    if known == 1:
        when = f"en el único año que se puede mirar ({springs})"
    sure = (
        "El azar por sí solo rara vez daría esto tantas veces."
        if story.certainty is Certainty.DIFFERENT
        else "No está claro si es algo más que el azar."
    )
    group = bare(story.students.es)
    return (
        f"En {outcome(story.what)}, a los estudiantes de {story.who.name} les fue "
        f"mejor que a estudiantes parecidos (en grado{earlier}, idioma, discapacidad e "
        f"ingresos familiares) de otras escuelas {when}, tanto entre {group} como "
        f"entre los demás estudiantes. {_ahead(story)} {sure} Es una invitación a "
        "visitar y aprender: ¿qué creen y qué hacen los adultos aquí?"
    )


def _ahead(story: BrightStory) -> str:
    if story.whole is None:
        return "No se dice de cuánto: señalaría a unos pocos estudiantes."
    kinds = ""
    if story.kinds is not None:
        group, others = (sized(part, scores=story.scores) for part in story.kinds)
        kinds = f": de {group} entre {bare(story.students.es)} y de {others} entre los "
        kinds += "demás"
    return (
        f"En {numbers.year(story.told)} el modelo calcula una ventaja de "
        f"{sized(story.whole, scores=story.scores)}{kinds}."
    )


def stratum_students(first: Text, rest: Text) -> str:
    """`estudiantes hispanos o latinos que también son ...`."""
    return f"{bare(first.es)} que también son {bare(rest.es)}"


def stratum_headline(story: StratumStory) -> str:
    """A combination, in a few words."""
    words = deed(story.what).headline.format(
        Who=capital(subject(story.who)), students=the_students(story.students.es)
    )
    return f"{words}, más allá de la suma de las partes"


def stratum(story: StratumStory) -> str:
    """The whole statement about students of three groups at once."""
    what = deed(story.what).did.format(
        who=subject(story.who),
        x=f"cerca {_of_the(story.rate)}",
        n=f"cerca de {numbers.count(story.about, 'es')}",
        students=bare(story.students.es),
    )
    more = abs(story.rate - story.sum_rate) * 100
    sure = (
        "Tras mirar todas las combinaciones, el azar por sí solo rara vez daría esto."
        if story.certainty is Certainty.DIFFERENT
        else "Tras mirar todas las combinaciones, no está claro si es algo más que "
        "el azar."
    )
    return (
        f"En {numbers.year(story.year)}, {what}, según un modelo de todas las "
        "combinaciones de estos grupos. Las brechas de los grupos por separado "
        f"sumarían {the(_rate(story.sum_rate))}; cuando se juntan en los mismos "
        f"estudiantes hay {more:.0f} puntos más allá de esa suma. {sure}"
    )


def _of_the(share: float) -> str:
    return f"del {_rate(share)}"


def _rate(share: float) -> str:
    return numbers.share(share * 100, 100, "es")


def meeting_headline(story: MeetingStory) -> str:
    """Two groups that meet, in a few words."""
    words = deed(story.what).headline.format(
        Who=capital(subject(story.who)), students=the_students(story.students.es)
    )
    return f"{words}, más allá de la suma de las dos brechas"


def meeting(story: MeetingStory) -> str:
    """The whole statement about students of two groups at once."""
    more = abs(story.pair.share - story.sum_rate) * 100
    return (
        f"En {numbers.year(story.year)}, "
        f"{did(story.what, story.who, story.pair, story.students.es)} "
        f"({rate(story.pair)}). En un modelo de aprendizaje del inglés, discapacidad "
        "e ingresos familiares, las brechas de los dos grupos sumarían "
        f"{the(_rate(story.sum_rate))}; cuando se juntan en los mismos estudiantes "
        f"hay {more:.0f} puntos más allá de esa suma. Tras mirar todas las parejas de "
        "este tipo, el azar por sí solo rara vez daría esto."
    )


def parts_headline(story: PartsStory) -> str:
    """Where a gap lies, in a few words."""
    inside, between = story.inside / story.gap, story.between / story.gap
    where = "tanto dentro de las escuelas como entre ellas"
    if inside >= 2 / 3:
        where = "sobre todo dentro de las escuelas"
    elif between >= 2 / 3:
        where = "sobre todo entre escuelas"
    noun = deed(story.what).noun
    return f"{capital(bare(story.students.es))}: la brecha en {noun} está {where}"


def parts(story: PartsStory) -> str:
    """The three parts of a gap, in one sentence."""
    gap, inside, between, either = (
        points(part, story.n)
        for part in (story.gap, story.inside, story.between, story.either)
    )
    return (
        f"De la brecha de {gap} entre {bare(story.students.es)} y los demás "
        f"estudiantes en {deed(story.what).noun} ({numbers.year(story.year)}), "
        f"{inside} se dan dentro de las escuelas, entre estudiantes de una misma "
        f"escuela; {between}, entre escuelas, pues no van a las mismas; y {either} "
        "pertenecen a ambas partes."
    )


def points(share: float, n: float) -> str:
    """`3.4 puntos`, `22 puntos`, `menos de 1 punto`; a minus against the gap."""
    decimal = n >= numbers.DECIMAL_FROM
    size = round(abs(share) * 100, 1 if decimal else 0)
    if size == 0:
        return f"menos de {0.1 if decimal else 1} punto"
    shown = f"{size:.1f}" if decimal else f"{size:.0f}"
    sign = "−" if share < 0 else ""
    return f"{sign}{shown} {'punto' if shown == '1' else 'puntos'}"
