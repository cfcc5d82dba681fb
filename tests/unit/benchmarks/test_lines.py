"""A rule gives a support: a useless one is rarely told, a planted one is found."""

from benchmarks.lines import table, tried, write


def test_what_is_planted_is_found():
    for seed in range(3):
        one = tried(4_000, 0.5, seed)
        assert one.told
        assert one.found.effect.lower < one.planted < one.found.effect.upper
    useless = [tried(1_500, 0.0, seed) for seed in range(20)]
    assert sum(one.told and one.found.effect.excludes_zero for one in useless) <= 4


def test_results_hold_the_table_once(tmp_path, monkeypatch):
    results = tmp_path / "results.md"
    results.write_text("# Results\n\n## Another\n\ntext\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.lines.RESULTS", results)
    monkeypatch.setattr("benchmarks.lines.CASES", ((1_500, 0.0),))
    write(["one"])
    write(table(2))
    text = results.read_text(encoding="utf-8")
    assert text.count("## Supports that a rule gives") == 1
    assert "| 1,500 | 0% | 2 |" in text
    assert "\none\n" not in text
    assert "## Another" in text
