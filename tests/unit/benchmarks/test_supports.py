"""The simulated useless supports are useless, and the results are kept once."""

from benchmarks.supports import LOOKS, OFFERS, simulate, write

from evenrise.findings.support_effects.reading import Verdict


def test_a_useless_support_is_rarely_called_anything():
    said = [
        one.verdict for _, looks in simulate(students=1_500, times=5) for one in looks
    ]
    assert len(said) == 5 * len(OFFERS) * len(LOOKS)
    wrong = sum(verdict in (Verdict.HELPS, Verdict.MAY_HARM) for verdict in said)
    assert wrong <= 3


def test_results_hold_the_tables_once(tmp_path, monkeypatch):
    results = tmp_path / "results.md"
    results.write_text("# Results\n\n## Another\n\ntext\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.supports.RESULTS", results)
    write(["one"])
    write(["two"])
    text = results.read_text(encoding="utf-8")
    assert text.count("## Planted supports") == 1
    assert "two" in text
    assert "\none\n" not in text
    assert "## Another" in text
