"""The guide sheet: how a plan is edited in a spreadsheet, in both languages."""

from __future__ import annotations

from evenrise.vocabulary.text import Text


GUIDE: tuple[Text, ...] = (
    Text(
        "Each sheet holds one kind of thing: the plan itself, departments, the ladder "
        "(values, priorities, goals, strategies, action steps), measures, gaps, "
        "budget, evidence.",
        "Cada hoja contiene una clase de cosas: el plan mismo, los departamentos, la "
        "escalera (valores, prioridades, metas, estrategias, pasos de acción), "
        "mediciones, brechas, presupuesto y evidencia.",
    ),
    Text(
        "To change something, write over it. Leave its key as it is: the key says "
        "which rung it is.",
        "Para cambiar algo, escriba encima. Deje su clave como está: la clave dice "
        "qué peldaño es.",
    ),
    Text(
        "To add a rung, insert a row where it belongs and leave its key empty. Choose "
        "a kind and write a title. If “Below” stays empty, it stands below the rungs "
        "above it.",
        "Para añadir un peldaño, inserte una fila donde corresponda y deje vacía la "
        "clave. Elija un tipo y escriba un título. Si «Debajo de» queda vacío, "
        "se coloca debajo de los peldaños de arriba.",
    ),
    Text(
        "To remove something, delete its row. It can come back: bringing a file can "
        "be undone.",
        "Para quitar algo, borre su fila. Puede volver: traer un archivo se puede "
        "deshacer.",
    ),
    Text(
        "To change the order, move the rows, or write other numbers under “Order”.",
        "Para cambiar el orden, mueva las filas o escriba otros números en «Orden».",
    ),
    Text(
        "A sheet or a column that is not in the file changes nothing.",
        "Una hoja o una columna que no esté en el archivo no cambia nada.",
    ),
    Text(
        "Shares are written 0.412 or 41.2%, days 2026-09-15, school years by their "
        "end: 2026 is 2025-26. Several keys in one cell: t1; t2.",
        "Las proporciones se escriben 0.412 o 41.2%, los días 2026-09-15, los años "
        "escolares por su final: 2026 es 2025-26. Varias claves en una celda: t1; t2.",
    ),
    Text(
        "Formulas and macros are not taken. What a formula shows must be written as "
        "text or as a number.",
        "No se aceptan fórmulas ni macros. Lo que muestra una fórmula debe escribirse "
        "como texto o número.",
    ),
    Text(
        "When you bring the file back you see every difference before anything "
        "changes.",
        "Al traer el archivo de vuelta verá cada diferencia antes de que algo cambie.",
    ),
)
