"""How a sentence calls students of two groups at once, as people would say it.

"English learners with disabilities", not "English learners who are also students with
disabilities". A form says what a group adds to the words for its students; two forms
make one name. Spanish agrees in gender with the noun.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a group adds to "students": words before, after, or a noun of its own.

    `after` is also what a noun becomes beside a stronger noun ("girls who are English
    learners"). In Spanish `adjective` is masculine and feminine; `que` is a clause,
    and `y` is what another clause takes along ("que aprenden inglés y tienen ...").
    `place` orders words that follow the noun.
    """

    before: str = ""
    noun: str = ""
    after: str = ""
    sustantivo: str = ""
    adjective: tuple[str, str] = ("", "")
    despues: str = ""
    que: str = ""
    y: str = ""
    place: int = 0


def _race(before: str, masculine: str, feminine: str) -> Form:
    return Form(before=before, adjective=(masculine, feminine))


def _after(place: int, after: str, despues: str, y: str) -> Form:
    return Form(after=after, despues=despues, y=y, place=place)


def _clause(place: int, after: str, que: str, noun: str = "") -> Form:
    return Form(after=after, que=que, noun=noun, place=place)


FORMS: dict[tuple[str, str], Form] = {
    ("race_ethnicity", "american_indian"): _race(
        "American Indian or Alaska Native",
        "indígenas estadounidenses o nativos de Alaska",
        "indígenas estadounidenses o nativas de Alaska",
    ),
    ("race_ethnicity", "asian"): _race("Asian", "asiáticos", "asiáticas"),
    ("race_ethnicity", "black"): _race(
        "Black or African American",
        "negros o afroamericanos",
        "negras o afroamericanas",
    ),
    ("race_ethnicity", "filipino"): _race("Filipino", "filipinos", "filipinas"),
    ("race_ethnicity", "hispanic"): _race(
        "Hispanic or Latino", "hispanos o latinos", "hispanas o latinas"
    ),
    ("race_ethnicity", "pacific_islander"): _race(
        "Native Hawaiian or Pacific Islander",
        "nativos de Hawái o isleños del Pacífico",
        "nativas de Hawái o isleñas del Pacífico",
    ),
    ("race_ethnicity", "white"): _race("White", "blancos", "blancas"),
    ("race_ethnicity", "two_or_more"): _after(
        1, "of two or more races", "de dos o más razas", "son de dos o más razas"
    ),
    ("gender", "female"): Form(noun="girls", sustantivo="las alumnas"),
    ("gender", "male"): Form(noun="boys", sustantivo="los alumnos varones"),
    ("gender", "nonbinary"): _race("nonbinary", "no binarios", "no binarias"),
    ("migrant", "migrant"): _race("migrant", "migrantes", "migrantes"),
    ("migrant", "not_migrant"): _clause(9, "who are not migrant", "no son migrantes"),
    ("english_learner", "english_learner"): _clause(
        8, "who are English learners", "aprenden inglés", "English learners"
    ),
    ("english_learner", "not_english_learner"): _clause(
        8, "who are not English learners", "no están aprendiendo inglés"
    ),
    ("language_status", "english_learner_recent"): _clause(
        8,
        "who have been English learners for less than six years",
        "aprenden inglés desde hace menos de seis años",
    ),
    ("language_status", "long_term_english_learner"): _clause(
        8,
        "who are long-term English learners",
        "aprenden inglés desde hace seis años o más",
        "long-term English learners",
    ),
    ("language_status", "reclassified"): Form(
        after="reclassified as fluent in English",
        adjective=(
            "reclasificados con dominio del inglés",
            "reclasificadas con dominio del inglés",
        ),
        place=7,
    ),
    ("language_status", "never_english_learner"): _clause(
        8, "who were never English learners", "nunca fueron aprendices de inglés"
    ),
    ("disability", "disability"): _after(
        2, "with disabilities", "con discapacidad", "tienen una discapacidad"
    ),
    ("disability", "not_disability"): _after(
        2, "without disabilities", "sin discapacidad", "no tienen discapacidad"
    ),
    ("low_income", "low_income"): _after(
        3,
        "from low-income families",
        "de familias con bajos ingresos",
        "son de familias con bajos ingresos",
    ),
    ("low_income", "not_low_income"): _after(
        3,
        "not from low-income families",
        "de familias que no tienen bajos ingresos",
        "no son de familias con bajos ingresos",
    ),
    ("foster", "foster"): _after(
        4,
        "in foster care",
        "en hogares de crianza temporal",
        "viven en hogares de crianza temporal",
    ),
    ("foster", "not_foster"): _after(
        4,
        "not in foster care",
        "que no viven en hogares de crianza temporal",
        "no viven en hogares de crianza temporal",
    ),
    ("homeless", "homeless"): _after(
        5,
        "without stable housing",
        "sin vivienda estable",
        "no tienen vivienda estable",
    ),
    ("homeless", "not_homeless"): _after(
        5, "with stable housing", "con vivienda estable", "tienen vivienda estable"
    ),
    ("grade", "TK"): _after(
        6,
        "in transitional kindergarten",
        "de kínder de transición",
        "están en kínder de transición",
    ),
    ("grade", "KG"): _after(6, "in kindergarten", "de kínder", "están en kínder"),
    **{
        ("grade", f"{n:02d}"): _after(
            6, f"in grade {n}", f"del grado {n}", f"están en el grado {n}"
        )
        for n in range(1, 13)
    },
}


def joined(first: tuple[str, str], second: tuple[str, str]) -> Text | None:
    """The students of both groups; None where no form is known for one of them."""
    forms = FORMS.get(first), FORMS.get(second)
    if forms[0] is None or forms[1] is None:
        return None
    pair = (forms[0], forms[1])
    return Text(_english(pair), _spanish(pair))


def _english(pair: tuple[Form, Form]) -> str:
    named = min(
        (form for form in pair if form.noun),
        key=lambda form: form.place,  # girls before English learners
        default=None,
    )
    noun = named.noun if named else "students"
    before = [form.before for form in reversed(pair) if form.before]
    rest = sorted((form for form in pair if form is not named), key=_place)
    after = [form.after for form in rest if form.after]
    both_with = all(words.startswith("with") for words in after)
    link = " and " if len(after) > 1 and both_with else " "
    return " ".join([*before, noun, link.join(after)]).strip()


def _spanish(pair: tuple[Form, Form]) -> str:
    nouns = [form.sustantivo for form in pair if form.sustantivo]
    noun = nouns[0] if nouns else "estudiantes"
    feminine = noun.startswith("las ")
    rest = sorted(pair, key=_place)
    words = [form.adjective[feminine] for form in rest if form.adjective[feminine]]
    clauses = [form.que for form in rest if form.que]
    if clauses:
        clauses += [form.y for form in rest if form.y]
        words.append(f"que {' y '.join(clauses)}")
    else:
        after = [form.despues for form in rest if form.despues]
        both_with = all(said.startswith(("con ", "sin ")) for said in after)
        link = " y " if len(after) > 1 and both_with else " "
        words.append(link.join(after))
    return " ".join([noun, *words]).strip()


def _place(form: Form) -> int:
    return form.place
