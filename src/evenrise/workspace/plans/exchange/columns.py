"""The tables that a plan is written as, and what each column holds.

One table holds one kind of thing: the plan's head, its departments, its rungs, and
what hangs on them. A row of a part names its rung by the rung's key.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the content, its heading, and the sort of its cells."""

    name: str
    heading: Text
    sort: str  # text, key, keys, number, year, share, day, instant, lcff, money, flag,
    # or the name of a family of codes
    width: int = 14
    longest: int = 0  # letters; 0: as any text


def _column(told: str, sort: str = "text", width: int = 14, longest: int = 0) -> Column:
    name, en, es = told.split("|")
    return Column(name, Text(en, es), sort, width, longest)


def _pair(
    name: str, en: str, es: str, longest: int = 0, width: int = 40
) -> list[Column]:
    """A text in both languages."""
    return [
        _column(f"{name}_en|{en} (English)|{es} (inglés)", "text", width, longest),
        _column(f"{name}_es|{en} (Spanish)|{es} (español)", "text", width, longest),
    ]


_DATES = [
    _column("en_at|English changed at|Inglés cambiado el", "instant", 25),
    _column("es_at|Spanish changed at|Español cambiado el", "instant", 25),
]
TABLES: dict[str, tuple[Column, ...]] = {
    "plan": (
        _column("slug|Address|Dirección", "key", 24, 80),
        _column("kind|Kind of plan|Tipo de plan", "plan_kind", 24),
        _column("school_id|School|Escuela", "key"),
        _column("parent|Plan above|Plan superior", "key", 20),
        *_pair("title", "Title", "Título", 300),
        *_pair("text", "Text", "Texto", width=60),
        _column("begins_year|First school year|Primer año escolar", "year"),
        _column("ends_year|Last school year|Último año escolar", "year"),
        *_DATES,
        _column("taken_from|Taken from|Tomado de", "key", 16),
    ),
    "department": (
        _column("key|Key|Clave", "key", 24, 60),
        *_pair("name", "Name", "Nombre", 120),
    ),
    "rung": (
        _column("key|Key|Clave", "key", 14, 24),
        _column("kind|Kind|Tipo", "kind", 26),
        _column("parent|Below|Debajo de", "key", 14),
        _column("place|Order|Orden", "number", 9),
        *_pair("title", "Title", "Título", 300),
        *_pair("text", "Text", "Texto", width=50),
        *_pair("theory", "Theory of action", "Teoría de acción"),
        *_pair("done", "What done means", "Qué significa terminado"),
        _column("department|Department|Departamento", "key", 20),
        _column("person|Person (mail)|Persona (correo)", "key", 26),
        _column("begins_on|Begins on|Empieza el", "day", 13),
        _column("ends_on|Ends on|Termina el", "day", 13),
        _column("state|State|Estado", "state", 24),
        _column("depends|Depends on|Depende de", "keys", 16),
        _column("serves|Serves|Sirve a", "key", 20),
        _column("lcff|LCFF priorities|Prioridades LCFF", "lcff", 12),
        _column("contributing|Contributing|Contribuye", "flag", 13),
        _column("service|Service|Servicio", "service", 24),
        *_DATES,
    ),
    "measure": (
        _column("rung|Rung|Peldaño", "key", 14, 24),
        _column("key|Key|Clave", "key", 14, 24),
        _column("place|Order|Orden", "number", 9),
        *_pair("title", "Title", "Título", 200),
        _column("indicator|Indicator|Indicador", "key", 24, 80),
        _column("definition_version|Definition|Definición", "number", 11),
        _column("organization_id|Organization|Organización", "key", 16, 250),
        _column("baseline_year|Baseline year|Año de partida", "year", 12),
        _column("baseline|Baseline|Punto de partida", "share", 12),
        _column("target|Target|Objetivo", "share", 12),
        _column("target_year|Target year|Año del objetivo", "year", 12),
        *_pair("note", "Note", "Nota"),
    ),
    "gap": (
        _column("rung|Rung|Peldaño", "key", 14, 24),
        _column("measure|Measure|Medición", "key", 14, 24),
        _column("family|Family of groups|Familia de grupos", "key", 22),
        _column("group|Group|Grupo", "key", 22),
        _column("baseline_gap|Gap at baseline|Brecha de partida", "share", 12),
        _column("target_gap|Gap targeted|Brecha objetivo", "share", 12),
    ),
    "budget": (
        _column("rung|Rung|Peldaño", "key", 14, 24),
        _column("key|Key|Clave", "key", 14, 24),
        _column("source|Funding source|Fuente de fondos", "source", 40),
        _column("school_id|School|Escuela", "key", 16),
        _column("school_year|School year|Año escolar", "year", 12),
        _column("planned|Planned dollars|Dólares planeados", "money", 16),
    ),
    "link": (
        _column("rung|Rung|Peldaño", "key", 14, 24),
        _column("kind|Kind|Tipo", "link_kind", 26),
        _column("key|Key|Clave", "key", 36, 300),
        *_pair("headline", "Headline", "Titular"),
        _column("snapshot|Snapshot|Fotografía de los datos", "key", 20, 64),
    ),
}
COLUMNS: dict[str, dict[str, Column]] = {
    table: {one.name: one for one in columns} for table, columns in TABLES.items()
}
