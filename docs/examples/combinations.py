"""Which combinations of groups are served worst, beyond the sum of the parts?"""

from __future__ import annotations

from docs.examples.kit import Example, percent, read
from evenrise.findings.pictures import HeatTable, Scale
from evenrise.statistics.maihda import Maihda, Strata, maihda_binomial
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Text


FOLDER = "oulad"
BANDS = ("0-20", "20-40", "40-60", "60-80", "80-100")
PARTS = {
    ("F", "no"): Text("Women", "Mujeres"),
    ("M", "no"): Text("Men", "Hombres"),
    ("F", "yes"): Text("Women, disability", "Mujeres, discapacidad"),
    ("M", "yes"): Text("Men, disability", "Hombres, discapacidad"),
}


def example() -> Example:
    """Who passed: gender, disability and how deprived the neighborhood is."""
    frame = read(FOLDER, "student.csv.gz").dropna(subset=["imd_band"])
    lowest = frame["imd_band"].str.extract(r"^(\d+)")[0].astype(int)
    rows = frame.assign(
        band=(lowest // 20).map(BANDS.__getitem__),
        disability=frame["disability"].map({True: "yes", False: "no"}),
        passed=frame["final_result"].isin(["Pass", "Distinction"]),
    )
    names = ["gender", "disability", "band"]
    table = rows.groupby(names)["passed"].agg(["sum", "size"]).reset_index()
    seen = maihda_binomial(
        {name: table[name].to_numpy() for name in names}, table["sum"], table["size"]
    )
    if seen.strata is None or seen.null is None or seen.explained is None:
        raise ValueError(f"No answer: {seen.reason}.")
    counts = {
        (one["gender"], one["disability"], one["band"]): (one["sum"], one["size"])
        for one in table.to_dict("records")
    }
    lines = _lines(seen, seen.strata, len(rows))
    return Example(lines, _picture(counts))


def _lines(seen: Maihda, strata: Strata, students: int) -> tuple[Text, ...]:
    low, high = int(strata.raw.argmin()), int(strata.raw.argmax())
    between = percent(seen.null.share if seen.null else 0.0)
    explained = percent(seen.explained or 0.0, 0)
    ends = percent(strata.raw[low], 0), percent(strata.raw[high], 0)
    parts = [percent(strata.expected_main[at], 0) for at in (low, high)]
    outside = int(strata.stands_out.sum())
    return (
        Text(
            f"{students:,} enrollments in {len(strata.labels)} combinations",
            f"{students:,} inscripciones en {len(strata.labels)} combinaciones",
        ),
        Text(
            f"Passed: from {ends[0]}% to {ends[1]}%; the parts alone say "
            f"{parts[0]}% and {parts[1]}%",
            f"Aprobaron: de {ends[0]} % a {ends[1]} %; las partes solas dicen "
            f"{parts[0]} % y {parts[1]} %",
        ),
        Text(
            f"Differences that lie between combinations: {between} of 100",
            f"Diferencias que están entre combinaciones: {between} de 100",
        ),
        Text(
            f"Of these, explained by the sum of the parts: {explained} of 100",
            f"De ellas, explicadas por la suma de las partes: {explained} de 100",
        ),
        Text(
            f"Combinations that stand out beyond the sum: {outside}",
            f"Combinaciones que destacan más allá de la suma: {outside}",
        ),
    )


def _picture(counts: dict[tuple[str, str, str], tuple[int, int]]) -> HeatTable:
    title = Text("Students who passed", "Estudiantes que aprobaron")
    return HeatTable(
        title=title,
        alternative=Text(
            "A table of four groups by five kinds of neighborhood. In nearly every "
            "row the rate rises from the most to the least deprived neighborhoods; in "
            "every column students with a disability pass less often.",
            "Una tabla de cuatro grupos por cinco clases de vecindario. En casi cada "
            "fila la tasa sube del vecindario con más carencias al de menos; en cada "
            "columna quienes tienen una discapacidad aprueban menos.",
        ),
        scale=Scale(
            "share",
            "up",
            Text(
                "Passed, by neighborhood: 0-20 has the greatest need",
                "Aprobaron, por vecindario: 0-20 tiene más carencias",
            ),
        ),
        rows=tuple(PARTS.values()),
        columns=tuple(Text(band, band) for band in BANDS),
        cells=tuple(
            tuple(wilson(*map(int, counts[(*part, band)])) for band in BANDS)
            for part in PARTS
        ),
        source=Text(
            "Open University Learning Analytics (CC BY 4.0)",
            "Analítica de aprendizaje de la Open University (CC BY 4.0)",
        ),
    )
