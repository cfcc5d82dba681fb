"""Known figures of the real files: what each source must find in them."""

from __future__ import annotations

import pytest

from tests.support.paths import real_data
from tests.support.source_imports import Imported, imported


SMMUSD = "1964980"
SANTA_MONICA_HIGH = "19649801938000"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    read: dict[str, Imported] = {}

    def get(name: str) -> Imported:
        path = real_data(name)
        if name not in read:
            read[name] = imported(tmp_path_factory.mktemp("store"), path)
        return read[name]

    return get


@pytest.mark.parametrize(
    ("family", "group", "graduates", "cohort"),
    [
        ("gender", "female", 416, 444),
        ("gender", "male", 418, 445),
        ("race_ethnicity", "hispanic", 257, 281),
        ("race_ethnicity", "white", 377, 400),
        ("race_ethnicity", "asian", 56, 57),
        ("all", "all", 834, 889),
    ],
)
def test_graduates_of_2018_19(folder, family, group, graduates, cohort):
    found = folder("ca_cde_acgr_2018-19").counts(
        SMMUSD,
        indicator="graduation",
        school_year=2019,
        group_family=family,
        group=group,
    )
    assert found == (graduates, cohort)


def test_dropped_dass_column_is_asked_about_and_nothing_added(folder):
    read = folder("ca_cde_acgr_2018-19")
    (question,) = read.questions("published.keys_repeat")
    assert "DASS" in question.text.en
    assert "DASS" in question.text.es
    keys = read.facts.group_by(
        ["indicator", "school_year", "level", "organization_id", "group"]
    ).aggregate([([], "count_all")])
    assert max(keys.column("count_all").to_pylist()) == 1


def test_year_and_lost_zeros_of_the_graduation_copy_are_told(folder):
    notes = folder("ca_cde_acgr_2018-19").notes()
    assert "2018-19 was read from its name" in notes
    assert "leading zeros" in notes


def test_a_g_completion_of_four_per_cent_is_questioned(folder):
    read = folder("ca_cde_acgr_2018-19")
    assert read.counts(SMMUSD, indicator="a_g_completion") == (35, 834)
    asked = {q.organization_id: q for q in read.questions("published.out_of_line")}
    question = asked[SMMUSD]
    assert question.indicator == "a_g_completion"
    assert question.school_year == 2019
    assert question.severity == "serious"
    assert "4.2%" in question.text.en
    assert SANTA_MONICA_HIGH in asked


def test_few_districts_are_questioned_and_none_that_is_believable(folder):
    for name in ("ca_cde_acgr_2018-19", "ca_district_profile_2018-19"):
        read = folder(name)
        asked = {
            q.organization_id
            for q in read.questions("published.out_of_line")
            if len(q.organization_id) == 7
        }
        rates = [
            (row["value"], row["organization_id"])
            for row in read.facts.to_pylist()
            if row["indicator"] == "a_g_completion"
            and row["group"] == "all"
            and row["level"] == "district"
            and row["status"] == "reported"
            and row["denominator"] >= 100
        ]
        assert len(rates) > 300
        assert len(asked) <= 0.05 * len(rates)
        assert all(value < 0.08 for value, code in rates if code in asked)


@pytest.mark.parametrize(
    ("year", "suspended", "enrolled"),
    [(2020, 165, 10637), (2022, 222, 9582), (2023, 192, 9118), (2024, 164, 8918)],
)
def test_students_suspended(folder, year, suspended, enrolled):
    read = folder("ca_smmusd_suspension_2019-24")
    found = read.counts(SMMUSD, indicator="suspension", school_year=year)
    assert found == (suspended, enrolled)


@pytest.mark.parametrize(
    ("family", "group", "suspended", "enrolled"),
    [
        ("gender", "male", 116, 4581),
        ("gender", "female", 48, 4314),
        ("disability", "disability", 53, 1502),
        ("low_income", "low_income", 95, 2755),
    ],
)
def test_groups_suspended_in_2023_24(folder, family, group, suspended, enrolled):
    found = folder("ca_smmusd_suspension_2019-24").counts(
        SMMUSD,
        indicator="suspension",
        school_year=2024,
        group_family=family,
        group=group,
    )
    assert found == (suspended, enrolled)


def test_zero_counts_with_blank_rates_are_suppressed(folder):
    read = folder("ca_smmusd_suspension_2019-24")
    schools = [row for row in read.facts.to_pylist() if row["level"] == "school"]
    hidden = [row for row in schools if row["status"] == "suppressed"]
    assert len(schools) == 571
    assert len(hidden) == 186
    assert all(row["numerator"] is None and row["value"] is None for row in hidden)
    (question,) = read.questions("published.zero_with_blank_rate")
    assert "186 rows" in question.where


def test_foster_youth_of_the_district_are_hidden_not_zero(folder):
    fact = folder("ca_smmusd_suspension_2019-24").fact(
        SMMUSD,
        indicator="suspension",
        school_year=2024,
        group_family="foster",
        group="foster",
    )
    assert fact["status"] == "suppressed"
    assert fact["value"] is None


def test_sum_over_schools_is_told(folder):
    notes = folder("ca_smmusd_suspension_2019-24").notes()
    assert "counted twice" in notes


@pytest.mark.parametrize(
    ("organization", "family", "group", "left", "enrolled"),
    [
        ("CA", "all", "all", 47249, 1945401),
        (SMMUSD, "all", "all", 32, 3542),
        (SMMUSD, "race_ethnicity", "hispanic", 12, 1146),
        (SMMUSD, "race_ethnicity", "white", 8, 1602),
        (SMMUSD, "race_ethnicity", "black", 5, 273),
        (SMMUSD, "grade", "12", 25, 923),
        (SMMUSD, "race_ethnicity*gender", "black*male", 3, 122),
    ],
)
def test_dropouts_of_2016_17(folder, organization, family, group, left, enrolled):
    found = folder("ca_cde_dropouts_2016-17").counts(
        organization,
        indicator="dropout",
        school_year=2017,
        group_family=family,
        group=group,
    )
    assert found == (left, enrolled)


def test_groups_of_the_dropout_file_add_up(folder):
    rows = folder("ca_cde_dropouts_2016-17").facts.to_pylist()
    state = [row for row in rows if row["level"] == "state"]
    for family in ("gender", "race_ethnicity", "race_ethnicity*gender"):
        parts = [row for row in state if row["group_family"] == family]
        assert sum(row["denominator"] for row in parts) == 1945401
        assert sum(row["numerator"] for row in parts) == 47249
    counties = [
        row for row in rows if row["level"] == "county" and row["group"] == "all"
    ]
    assert len(counties) == 58
    assert sum(row["numerator"] for row in counties) == 47249


@pytest.mark.parametrize(
    ("indicator", "rate"),
    [
        ("chronic_absence", 0.096),
        ("suspension", 0.020),
        ("graduation", 0.938),
        ("met_standard_ela", 0.744),
        ("met_standard_math", 0.612),
        ("a_g_completion", 0.042),
    ],
)
def test_profile_of_the_district(folder, indicator, rate):
    fact = folder("ca_district_profile_2018-19").fact(SMMUSD, indicator=indicator)
    # The file prints tenths of a point; the count behind them is worked out.
    assert fact["value"] == pytest.approx(rate, abs=0.0006)
    assert fact["school_year"] == 2019
    assert fact["organization_name"] == "Santa Monica-Malibu Unified"


@pytest.mark.parametrize(
    ("family", "group", "students"),
    [
        ("all", "all", 10625),
        ("race_ethnicity", "black", 684),
        ("race_ethnicity", "hispanic", 3062),
        ("race_ethnicity", "white", 5401),
    ],
)
def test_enrolment_of_the_profile(folder, family, group, students):
    fact = folder("ca_district_profile_2018-19").fact(
        SMMUSD, indicator="enrollment", group_family=family, group=group
    )
    assert fact["denominator"] == students
    assert fact["value"] is None


def test_state_weighted_rates_of_the_profile(folder):
    rows = folder("ca_district_profile_2018-19").facts.to_pylist()
    for indicator, rate in (("chronic_absence", 0.1226), ("suspension", 0.0335)):
        own = [
            row
            for row in rows
            if row["indicator"] == indicator and row["status"] == "reported"
        ]
        weighted = sum(row["value"] * row["denominator"] for row in own)
        assert weighted / sum(row["denominator"] for row in own) == pytest.approx(
            rate, abs=0.0002
        )


def test_names_of_the_lookups(folder):
    names = folder("ca_caaspp_2022_lookups").names()
    assert names[SMMUSD] == "Santa Monica-Malibu Unified"
    assert names[SANTA_MONICA_HIGH] == "Santa Monica High"
    assert len([code for code in names if code.startswith(SMMUSD)]) == 18
    assert names["CA"] == "California"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ca_cde_gradaf_2014-15", "california_a_g_counts"),
        ("ca_cde_act_2016-17", "california_act"),
        ("ca_lcff_local_indicators_2024", "california_local_indicators"),
    ],
)
def test_files_without_an_indicator_are_told(folder, name, source):
    read = folder(name)
    assert source in read.sources().values()
    assert "carries no indicator" in read.notes()
    assert any(code.startswith(SMMUSD) for code in read.names())


def test_meals_and_sat_are_told_apart(folder):
    read = folder("ca_cde_frpm_sat_2014-15")
    sources = set(read.sources().values())
    assert {"california_meals", "california_sat"} <= sources
    assert read.names()[SMMUSD] == "Santa Monica-Malibu Unified"


@pytest.mark.parametrize(
    ("year", "absent", "students"),
    [(2018, 212797, 876996), (2019, 197392, 877308), (2020, 212642, 941333)],
)
def test_colorado_state_rows(folder, year, absent, students):
    read = folder("co_chronic_absenteeism_districts")
    fact = read.fact("CO", indicator="chronic_absence", school_year=year)
    assert (fact["numerator"], fact["denominator"]) == (absent, students)
    assert fact["level"] == "state"
    own = [
        row
        for row in read.facts.to_pylist()
        if row["level"] == "district" and row["school_year"] == year
    ]
    assert sum(row["numerator"] for row in own) == absent
    assert sum(row["denominator"] for row in own) == students


def test_new_york_district_1(folder):
    read = folder("nyc_attendance_by_district_group_2018-22")
    words = {"indicator": "chronic_absence", "school_year": 2019}
    assert read.counts("NYC01", **words) == (3394, 11643)
    races = {
        race: read.counts("NYC01", group_family="race_ethnicity", group=race, **words)[
            0
        ]
        for race in ("asian", "black", "hispanic", "white")
    }
    # 55 more are of groups that the city prints together as Other.
    assert races == {"asian": 287, "black": 885, "hispanic": 1916, "white": 251}
    assert sum(races.values()) + 55 == 3394
    low_income = read.counts(
        "NYC01", group_family="low_income", group="low_income", **words
    )
    assert low_income == (2829, 7580)


def test_new_york_marks_are_suppressed(folder):
    rows = folder("nyc_graduation_by_group_2001-06cohorts").facts.to_pylist()
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert len(hidden) > 5000
    assert all(row["numerator"] is None for row in hidden)
    assert all(0 <= row["value"] <= 1 for row in rows if row["status"] == "reported")


def test_new_york_graduation_by_cohort(folder):
    read = folder("nyc_graduation_by_group_2001-06cohorts")
    # Henry Street School, the cohort of 2004, four years on.
    words = {"indicator": "graduation", "school_year": 2008}
    assert read.counts("NYC01M292", **words) == (37, 55)
    fact = read.fact("NYC01M292", indicator="graduation", school_year=2007)
    assert fact["status"] == "suppressed"
    assert fact["district_id"] == "NYC01"


def test_generated_roster(folder):
    read = folder("oneroster_v1p1_generated_district")
    assert len(read.table("schools")) == 3  # the fourth organization is the district
    assert len(read.table("students")) == 248
    assert len(read.table("enrollments")) == 248
    assert len(read.table("sections")) == 119
    seats = len(read.table("rosters"))
    teachers = [row for row in read.table("sections") if row["staff_id"]]
    assert seats + len(teachers) == 1855
    roles = [row["role"] for row in read.table("staff_assignments")]
    assert roles.count("teacher") == 16
    assert len(read.table("staff")) == 20
    levels = {row["name"]: row["level"] for row in read.table("schools")}
    assert sorted(levels.values()) == ["elementary", "high", "middle"]
    assert {row["school_year"] for row in read.table("enrollments")} == {2027}
