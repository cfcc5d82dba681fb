"""Who is enrolled changed: the parts sum, a reversal is told, hidden stays hidden."""

from __future__ import annotations

import inspect

import openpyxl
import pytest

from evenrise.findings.finding import Certainty, Kind
from evenrise.findings.pictures import Trend
from evenrise.findings.sentences import readings_en, readings_es
from tests.battery.test_findings import BANNED, NUMBER, texts
from tests.support.facts import fact, facts, review_of
from tests.support.paths import real_data


def graduates(years, family="low_income", **parts):
    """District facts of graduation: by year, group to (x, n)."""
    rows = []
    for year, groups in years.items():
        told = {"indicator": "graduation"} | parts
        x = sum(one[0] for one in groups.values())
        n = sum(one[1] for one in groups.values())
        rows.append(fact(year, "all", "all", x, n, **told))
        rows += [
            fact(year, family, group, *one, **told) for group, one in groups.items()
        ]
    return rows


# In both groups the share rose (40 to 43%, 80 to 82%); all students fell by 9.5 points.
REVERSAL = {
    2022: {"low_income": (80, 200), "not_low_income": (640, 800)},
    2024: {"low_income": (215, 500), "not_low_income": (410, 500)},
}
RACES = {
    2022: {"asian": (270, 300), "hispanic": (210, 300), "white": (320, 400)},
    2024: {"asian": (630, 700), "hispanic": (105, 150), "white": (120, 150)},
}


def told(rows):
    return [
        one for one in review_of(facts(*rows)).findings if one.key.endswith(":enrolled")
    ]


@pytest.fixture(scope="module")
def reversal():
    (one,) = told(graduates(REVERSAL))
    return one


def test_a_reversal_is_told(reversal):
    assert reversal.kind is Kind.CHANGE
    assert reversal.certainty is Certainty.UNCLEAR
    assert reversal.details["reversal"]
    assert reversal.details["first_page"]
    assert reversal.details["change"] == pytest.approx(0.625 - 0.72)
    # Kitagawa by hand: mean shares times changes of rates.
    assert reversal.details["groups_own_rates"] == pytest.approx(
        0.35 * 0.03 + 0.65 * 0.02
    )
    assert reversal.details["who_is_enrolled"] == pytest.approx(0.3 * (0.415 - 0.81))
    assert "72.0% (720 of 1,000) to 62.5% (625 of 1,000)" in reversal.sentence.en
    assert "20.0% of all students, then 50.0%" in reversal.sentence.en
    assert "In every group the rate moved the other way" in reversal.sentence.en


def test_the_two_parts_sum_to_the_change(reversal):
    details = reversal.details
    assert details["groups_own_rates"] + details["who_is_enrolled"] == pytest.approx(
        details["change"]
    )
    (races,) = told(graduates(RACES, family="race_ethnicity"))
    assert races.details["groups_own_rates"] == pytest.approx(0, abs=1e-12)
    assert races.details["who_is_enrolled"] == pytest.approx(races.details["change"])


def test_the_evidence_is_every_group_in_both_years(reversal):
    assert len(reversal.evidence) == 6
    assert isinstance(reversal.picture, Trend)
    assert [len(line.points) for line in reversal.picture.series] == [3, 3]
    (races,) = told(graduates(RACES, family="race_ethnicity"))
    assert len(races.evidence) == 8
    assert "Asian students were 30.0% of all students, then 70.0%" in races.sentence.en


def test_everybody_else_may_be_worked_out_from_what_is_shown(reversal):
    rows = [row for row in graduates(REVERSAL) if row["group"] != "not_low_income"]
    (one,) = told(rows)
    assert one.details == reversal.details
    assert one.evidence[-1].numerator == 410


@pytest.mark.parametrize("origin", ["published", "computed"])
def test_a_hidden_group_is_not_split(origin):
    for family, years in (("low_income", REVERSAL), ("race_ethnicity", RACES)):
        rows = graduates(years, family=family, origin=origin)
        rows[-1] |= {"numerator": None, "value": None, "status": "suppressed"}
        assert not told(rows)


def test_groups_under_eleven_students_are_never_told():
    few = {
        2022: RACES[2022] | {"black": (8, 10)},
        2024: RACES[2024] | {"black": (30, 40)},
    }
    assert not told(graduates(few, family="race_ethnicity"))


def test_groups_that_are_not_all_students_are_not_split():
    rows = graduates(RACES, family="race_ethnicity")
    assert not told([row for row in rows if row["group"] != "white"])


def test_no_change_of_who_is_enrolled_is_no_finding():
    same = {
        2022: {"low_income": (200, 500), "not_low_income": (400, 500)},
        2024: {"low_income": (250, 500), "not_low_income": (450, 500)},
    }
    assert not told(graduates(same))


@pytest.mark.parametrize("tenths", [(1, 3), (3, 6), (6, 7), (7, 9)])
@pytest.mark.parametrize("low", [200, 700])
def test_rates_that_stood_still_are_no_reversal(tenths, low):
    years = {}
    for year, n in ((2022, low), (2024, 900 - low)):
        ns = (n, 1_000 - n)
        years[year] = {
            group: (one * m // 10, m)
            for group, one, m in zip(
                ("low_income", "not_low_income"), tenths, ns, strict=True
            )
        }
    (one,) = told(graduates(years))
    assert not one.details["against_the_groups"]
    assert not one.details["reversal"]


def test_a_part_of_the_change_is_not_for_the_first_page():
    part = {
        2022: {"low_income": (200, 500), "not_low_income": (400, 500)},
        2024: {"low_income": (250, 450), "not_low_income": (500, 550)},
    }
    review = review_of(facts(*graduates(part)))
    (one,) = [one for one in review.findings if one.key.endswith(":enrolled")]
    assert not one.details["against_the_groups"]
    assert one not in review.main


def new_york_rows(district):
    """Chronic absence of one New York City district, as the city published it."""
    name = "public-district-attendance-results-2018-2022.xlsx"
    folder = real_data("nyc_attendance_by_district_group_2018-22")
    book = openpyxl.load_workbook(folder / name, read_only=True)
    groups = {
        "All Students": ("all", "all"),
        "Poverty": ("low_income", "low_income"),
        "Not Poverty": ("low_income", "not_low_income"),
    }
    told = {"indicator": "chronic_absence"}
    rows = [
        fact(int(year[:4]) + 1, *groups[group], float(x), float(n), **told)
        for sheet in ("All Students", "Poverty")
        for place, grade, group, year, *_, n, x, _rate in book[sheet].values
        if (place, grade) == (district, "All Grades")
    ]
    book.close()
    return rows


def test_new_york_city_district_13():
    (one,) = told(new_york_rows(13))
    assert "27.3% (5,859 of 21,500) to 39.9% (8,023 of 20,107)" in one.sentence.en
    assert "67.9% of all students, then 61.7%" in one.sentence.en
    assert one.details["change"] == pytest.approx(0.1265, abs=5e-5)
    assert one.details["groups_own_rates"] == pytest.approx(0.1393, abs=5e-5)
    assert one.details["who_is_enrolled"] == pytest.approx(-0.0128, abs=5e-5)
    assert "moved further than all students did" in one.headline.en


def test_the_words_pass_the_house_rules(reversal):
    (races,) = told(graduates(RACES, family="race_ethnicity"))
    for one in (reversal, races):
        for text in (one.sentence, one.headline):
            assert sorted(NUMBER.findall(text.en)) == sorted(NUMBER.findall(text.es))
        for text in texts(one):
            assert text.en != text.es
            assert not BANNED.search(text.en), text.en
            assert not BANNED.search(text.es), text.es


def test_the_twins_have_the_same_functions():
    ours, theirs = (
        {
            name: list(inspect.signature(function).parameters)
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__
        }
        for module in (readings_en, readings_es)
    )
    assert ours == theirs
