"""One invented district for all tests of the clients, and a client's usual settings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from evenrise.records.clients import Patience
from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent
from tests.support.servers import rows


AS_OF = dt.date(2026, 7, 1)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> dict[str, rows.Table]:
    """The tables of a small invented district, one year of it."""
    folder = tmp_path_factory.mktemp("invented") / "district"
    build_district(
        folder, students=300, seed=5, as_of=AS_OF, progress=Silent(), years=1
    )
    tables = rows.read(folder)
    busy = {row["section_id"] for row in tables["assignments"][:200]}
    kept = {
        r["assignment_id"] for r in tables["assignments"] if r["section_id"] in busy
    }
    kept = set(sorted(kept)[:120])
    for name in ("assignments", "scores"):
        tables[name] = [row for row in tables[name] if row["assignment_id"] in kept]
    return tables


@pytest.fixture(scope="session")
def fewer(district: dict[str, rows.Table]) -> dict[str, rows.Table]:
    """The same district with fewer rows of what there is most of."""
    most = {"attendance": 300, "scores": 300, "assessments": 50, "incidents": 10}
    return {name: table[: most.get(name)] for name, table in district.items()}


@pytest.fixture
def patience() -> Patience:
    """Quick: a test waits only where waiting is what it tests."""
    return Patience(first_wait=0.01, longest_wait=2.0, silence=5.0, tries=4)


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "not+so/secret:%")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "fetched"
