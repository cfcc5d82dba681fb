"""A file of any published kind with a header and nothing below it stops nothing."""

from __future__ import annotations

import pytest

from evenrise.records.sources.california import CALIFORNIA
from evenrise.records.sources.california.dropouts import Dropouts
from evenrise.records.sources.california.family import Family
from evenrise.records.sources.california.told import Told
from tests.support.source_imports import imported, written


PLACE = "Academic Year,Aggregate Level,County Code,District Code,School Code"
SCHOOLS = "School_ID,Name,Level\nS1,Bay,high\n"


def header_of(source) -> str:
    """A header that the source knows, made from what it asks for."""
    if isinstance(source, Told):
        return ",".join(source.needs)
    if isinstance(source, Dropouts):
        grades = ",".join(f"{x}{n}" for x in "ED" for n in range(7, 13))
        return f"CDS_CODE,ETHNIC,GENDER,{grades},EUS,ETOT,DUS,DTOT,YEAR"
    if isinstance(source, Family):
        columns = [names[0] for names in source.needs]
        place = "year" if "cdscode" in columns else PLACE
        return ",".join([place, *columns])
    if source.card.key == "california_dashboard":
        return "cds,rtype,studentgroup,indicator,currnumer,currdenom,currstatus"
    return "County Code,District Code,School Code,Type ID,District Name,School Name"


@pytest.mark.parametrize("source", CALIFORNIA, ids=lambda source: source.card.key)
def test_a_header_alone_is_no_fact_and_no_stop(tmp_path, source):
    header = header_of(source)
    written(tmp_path / "in", "published.csv", f"{header}\n")
    written(tmp_path / "in", "schools.csv", SCHOOLS)
    read = imported(tmp_path / "store", tmp_path / "in")
    assert read.sources()["published.csv"] == source.card.key
    assert len(read.facts) == 0
    assert len(read.table("schools")) == 1
