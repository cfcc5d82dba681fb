"""Which district a person means: by code, by name, or because there is only one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True, order=True)
class DistrictChoice:
    """A district that the files speak of."""

    code: str
    name: str = ""


def districts_in(facts: pa.Table, organizations: pa.Table) -> list[DistrictChoice]:
    """Every district that has facts, or whose schools have, with its name."""
    own = facts.filter(pc.equal(facts["level"], "district"))["organization_id"]
    schools = facts["district_id"]
    codes = {
        str(code)
        for column in (own, schools)
        for code in pc.unique(column).to_pylist()
        if code
    }
    names = dict(_names(facts, "organization_id", "organization_name"))
    names.update(_names(organizations, "organization_id", "name"))
    return sorted(DistrictChoice(code, names.get(code, "")) for code in codes)


def _names(table: pa.Table, code: str, name: str) -> Iterable[tuple[str, str]]:
    districts = table.filter(pc.equal(table["level"], "district"))
    pairs = districts.select([code, name]).group_by([code, name]).aggregate([])
    for row in pairs.to_pylist():
        if row[name]:
            yield str(row[code]), str(row[name])


def choose_district(
    found: list[DistrictChoice], wanted: str | None, own: str = ""
) -> DistrictChoice:
    """The district that is meant.

    Args:
        found: the districts the files speak of.
        wanted: a name or a code as a person writes it; None when only one is possible.
        own: the code in the district's own settings, which wins when nothing is said.

    Raises:
        ArgumentProblem: when none or several could be meant, with the nearest names.
    """
    if not found:
        raise ArgumentProblem(
            Text(
                "The files hold no figures of any district; give files with records "
                "or published figures.",
                "Los archivos no tienen cifras de ningún distrito; dé archivos con "
                "registros o con cifras publicadas.",
            )
        )
    if wanted is None:
        return _only(found, own)
    digits = re.sub(r"\D", "", wanted)
    for choice in found:
        if wanted == choice.code or (digits and _same_code(digits, choice.code)):
            return choice
    part = [choice for choice in found if digits and _part_of(digits, choice.code)]
    if len(part) == 1 and digits == re.sub(r"[\s-]", "", wanted):
        return part[0]
    return _by_name(found, wanted)


def _part_of(digits: str, code: str) -> bool:
    """The number in a code (`1` for NYC01), or its end (`64980` for 1964980)."""
    number = re.sub(r"\D", "", code)
    same = number.lstrip("0") == digits.lstrip("0")
    return same or (len(digits) >= 5 and number.endswith(digits))


def _only(found: list[DistrictChoice], own: str) -> DistrictChoice:
    if len(found) == 1:
        return found[0]
    for choice in found:
        if own and choice.code == own:
            return choice
    some = "; ".join(choice.name or choice.code for choice in found[:3])
    raise ArgumentProblem(
        Text(
            f"The files hold {len(found):,} districts ({some} ...); say which with "
            "--district NAME_OR_CODE.",
            f"Los archivos contienen {len(found):,} distritos ({some} ...); diga cuál "
            "con --district NOMBRE_O_CÓDIGO.",
        )
    )


def _same_code(digits: str, code: str) -> bool:
    """Codes as agencies print them: 14 digits with the school's zeros, or dashed."""
    return digits == code or (
        digits.startswith(code) and not digits.removeprefix(code).strip("0")
    )


def _by_name(found: list[DistrictChoice], wanted: str) -> DistrictChoice:
    plain = _plain(wanted)
    exact = [choice for choice in found if _plain(choice.name) == plain]
    if len(exact) == 1:
        return exact[0]
    if len(exact) > 1:
        codes = ", ".join(choice.code for choice in exact)
        raise ArgumentProblem(
            Text(
                f"Several districts are called {wanted!r}; give the code: {codes}.",
                f"Varios distritos se llaman {wanted!r}; dé el código: {codes}.",
            )
        )
    starts = [
        choice for choice in found if plain and _plain(choice.name).startswith(plain)
    ]
    if len(starts) == 1:
        return starts[0]
    raise ArgumentProblem(_unknown(found, wanted, plain))


def _unknown(found: list[DistrictChoice], wanted: str, plain: str) -> Text:
    if not any(choice.name for choice in found):
        return Text(
            f"The files name no districts, so {wanted!r} cannot be found; give its "
            f"code instead, such as {found[0].code}, or add a file with names.",
            f"Los archivos no nombran distritos, así que {wanted!r} no se encuentra; "
            f"dé su código, por ejemplo {found[0].code}, o agregue un archivo con "
            "nombres.",
        )
    by_name = {_plain(choice.name): choice for choice in found if choice.name}
    near = difflib.get_close_matches(plain, by_name, n=3, cutoff=0.5)
    hint = "; ".join(f"{by_name[one].name} ({by_name[one].code})" for one in near)
    none = Text(
        f"No district {wanted!r} is in the files.",
        f"Ningún distrito {wanted!r} está en los archivos.",
    )
    if hint:
        return none + Text(f"Did you mean {hint}?", f"¿Quiso decir {hint}?")
    return none + Text(
        "Check the name, or give its code.", "Revise el nombre o dé su código."
    )


def _plain(name: str) -> str:
    """Without case, accents, punctuation and the words that come and go."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", bare.lower()).split()
    return " ".join(word for word in words if word not in {"school", "district"})
