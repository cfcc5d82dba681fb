"""Small tables by hand: what must be hidden for another's sake, and no more."""

import pyarrow as pa
import pytest

from evenrise.statistics.small_numbers import protect
from tests.unit.statistics.small_numbers.tables import (
    by_group,
    fact,
    family,
    group,
    table,
)


def hidden(rows, **options):
    told = by_group(protect(table(rows), **options))
    return {
        key[1:]: r["hidden_because"] for key, r in told.items() if r["hidden_because"]
    }


def test_nothing_small_nothing_hidden():
    rows = family("low_income", {"low_income": (40, 200), "not_low_income": (30, 300)})
    assert hidden(rows) == {}


def test_a_small_group_takes_the_smallest_other_group_with_it():
    races = {
        "asian": (0, 6),
        "black": (20, 90),
        "hispanic": (60, 400),
        "white": (50, 300),
    }
    found = hidden(family("race_ethnicity", races))
    assert found["D", "race_ethnicity", "asian"] == "small"
    assert found["D", "race_ethnicity", "black"] == "would reveal another"
    assert ("D", "race_ethnicity", "hispanic") not in found
    assert ("D", "all", "all") not in found


def test_two_small_groups_protect_each_other():
    races = {
        "asian": (2, 6),
        "filipino": (4, 9),
        "hispanic": (60, 400),
        "white": (50, 300),
    }
    found = hidden(family("race_ethnicity", races))
    assert ("D", "race_ethnicity", "hispanic") not in found
    assert ("D", "race_ethnicity", "white") not in found


def test_one_group_tells_the_other_half_of_a_two_way_family():
    found = hidden(
        family("disability", {"disability": (4, 60), "not_disability": (46, 500)})
    )
    assert found["D", "disability", "disability"] == "small"
    assert found["D", "disability", "not_disability"] == "would reveal another"


def schools(x_of, n_of):
    """A district of schools whose suspensions add up."""
    rows = []
    for name, x, n in zip(("A", "B", "C", "S"), x_of, n_of, strict=True):
        given = {"level": "school", "organization_id": name}
        rows.append(fact(numerator=x, denominator=n, **given))
    return [fact(numerator=sum(x_of), denominator=sum(n_of)), *rows]


def test_the_district_less_the_other_schools_is_a_school():
    found = hidden(schools([22, 17, 30, 3], [200, 200, 200, 200]))
    assert found["S", "all", "all"] == "bound"
    others = [name for name in "ABC" if (name, "all", "all") in found]
    assert len(others) == 1


def test_language_status_tells_of_english_learners():
    languages = {
        "english_learner_recent": (20, 100),
        "long_term_english_learner": (1, 4),
        "reclassified": (30, 200),
        "never_english_learner": (40, 300),
    }
    rows = family("language_status", languages)
    rows += [
        group("english_learner", "english_learner", 21, 104),
        group("english_learner", "not_english_learner", 70, 500),
    ]
    found = hidden(rows)
    assert ("D", "language_status", "english_learner_recent") in found
    assert ("D", "english_learner", "english_learner") not in found


def test_a_race_alone_and_with_others_differ_by_too_few():
    rows = family("race_ethnicity", {"black": (30, 100), "white": (50, 400)})
    rows.append(group("race_any", "black", 32, 106))
    rows.append(group("race_any", "white", 80, 460))
    found = hidden(rows)
    assert found["D", "race_any", "black"] == "would reveal another"
    assert ("D", "race_ethnicity", "black") not in found


def test_days_removed_are_hidden_where_the_suspended_are():
    rows = family("disability", {"disability": (4, 60), "not_disability": (46, 500)})
    rows += family(
        "disability",
        {"disability": (30, 60), "not_disability": (100, 500)},
        indicator="days_removed",
    )
    told = by_group(protect(table(rows)))
    removed = told["days_removed", "D", "disability", "disability"]
    assert removed["value"] is None
    assert removed["numerator"] is None
    assert told["days_removed", "D", "all", "all"]["value"] is not None


def test_a_number_of_students_is_hidden_under_every_indicator():
    races = {"asian": (1, 6), "black": (20, 90), "white": (50, 300)}
    others = {"asian": (5, 6), "black": (40, 90), "white": (150, 300)}
    rows = family("race_ethnicity", races)
    rows += family("race_ethnicity", others, indicator="d_f_rate")
    told = by_group(protect(table(rows)))
    for name in races:
        one, other = (
            told[indicator, "D", "race_ethnicity", name]["denominator"]
            for indicator in ("suspension", "d_f_rate")
        )
        assert (one is None) == (other is None)


def test_graduates_are_not_counted_again_under_another_name():
    graduates = {"female": (216, 220), "male": (180, 220)}
    ready = {"female": (120, 216), "male": (80, 180)}
    rows = family("gender", graduates, indicator="graduation")
    rows += family("gender", ready, indicator="a_g_completion")
    told = by_group(protect(table(rows)))
    assert told["graduation", "D", "gender", "female"]["numerator"] is None
    assert told["a_g_completion", "D", "gender", "female"]["denominator"] is None
    assert told["a_g_completion", "D", "all", "all"]["denominator"] == 396


def test_amounts_have_no_interval_of_a_share():
    rows = [fact(indicator="days_removed", numerator=300, denominator=900)]
    told = protect(table(rows)).table.to_pylist()[0]
    assert told["value"] == pytest.approx(1 / 3)
    assert told["lower"] is None


def test_where_the_district_is_small_no_part_of_it_is_shown():
    rows = family("gender", {"female": (3, 60), "male": (5, 70)})
    found = hidden(rows)
    assert set(found) == {
        ("D", "all", "all"),
        ("D", "gender", "female"),
        ("D", "gender", "male"),
    }


def test_dictionary_columns_give_the_same():
    facts = table(family("disability", {"disability": (4, 60), "no": (46, 500)}))
    packed = pa.table(
        {
            name: column.dictionary_encode()
            if pa.types.is_string(column.type)
            else column
            for name, column in zip(facts.column_names, facts.columns, strict=True)
        }
    )
    plain, same = protect(facts).table, protect(packed).table
    assert same.column("value").equals(plain.column("value"))
    assert same.column("hidden_because").equals(plain.column("hidden_because"))


@pytest.mark.parametrize("kind", ["county", "state"])
def test_other_levels_stand_on_their_own(kind):
    rows = [fact(numerator=40, denominator=100, level=kind, organization_id="X")]
    assert hidden(rows) == {}
