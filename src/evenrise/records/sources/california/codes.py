"""What California's codes mean: reporting categories, levels, races and tests.

Every agency file names student groups with its own codes; these tables lead each code
to a group of `vocabulary/groups.py`. A code that leads to None is known and carries no
group of ours (a grade span, an age band): its rows are left out without a question.
A code that stands in no table is asked about. Sources: the file structure pages that
the California Department of Education publishes beside each download, and the lookup
files `StudentGroups.txt` and `Tests.txt` of the CAASPP research files.
"""

from __future__ import annotations

from evenrise.records.files.member import fold


Group = tuple[str, str]
GroupCodes = dict[str, Group | None]

_RACE = "race_ethnicity"
ALL: Group = ("all", "all")
FEMALE: Group = ("gender", "female")
MALE: Group = ("gender", "male")
NONBINARY: Group = ("gender", "nonbinary")
GENDER_NOT_REPORTED: Group = ("gender", "not_reported")
RACE_NOT_REPORTED: Group = (_RACE, "not_reported")


def _yes(family: str) -> Group:
    return (family, family)


def _no(family: str) -> Group:
    return (family, f"not_{family}")


_RACE_LETTERS = {
    "A": "asian",
    "B": "black",
    "D": "not_reported",
    "F": "filipino",
    "H": "hispanic",
    "I": "american_indian",
    "P": "pacific_islander",
    "T": "two_or_more",
    "W": "white",
}

# Absence, suspension, cohort graduation and their kin ("Reporting Category").
REPORTING_CATEGORIES: GroupCodes = {
    "TA": ALL,
    **{f"R{letter}": (_RACE, race) for letter, race in _RACE_LETTERS.items()},
    "GF": FEMALE,
    "GM": MALE,
    "GX": NONBINARY,
    "GZ": GENDER_NOT_REPORTED,
    "SD": _yes("disability"),
    "SE": _yes("english_learner"),
    "SF": _yes("foster"),
    "SH": _yes("homeless"),
    "SM": _yes("migrant"),
    "SS": _yes("low_income"),
    # Spans of grades, and students who are in none of the programs above.
    **dict.fromkeys(
        (
            "GRK",
            "GRKN",
            "GRTK",
            "GRTKKN",
            "GR13",
            "GR46",
            "GR78",
            "GR912",
            "GRK8",
            "GRTK8",
            "GRK12",
            "GRUG",
            "SN",
            "SU",
            "CAN",
            "CAY",
        )
    ),
}

# Census-day enrolment files ("cdenroll").
CENSUS_CATEGORIES: GroupCodes = {
    "TA": ALL,
    **{f"RE_{letter}": (_RACE, race) for letter, race in _RACE_LETTERS.items()},
    "GN_F": FEMALE,
    "GN_M": MALE,
    "GN_X": NONBINARY,
    "GN_Z": GENDER_NOT_REPORTED,
    "SG_EL": _yes("english_learner"),
    "SG_DS": _yes("disability"),
    "SG_SD": _yes("low_income"),
    "SG_MG": _yes("migrant"),
    "SG_FS": _yes("foster"),
    "SG_HM": _yes("homeless"),
    # English language acquisition status: only these two are statuses of ours.
    "ELAS_RFEP": ("language_status", "reclassified"),
    "ELAS_EL": None,  # the same students as SG_EL
    "ELAS_ADEL": None,
    "ELAS_EO": None,
    "ELAS_IFEP": None,
    "ELAS_TBD": None,
    "ELAS_MISS": None,
}
CENSUS_SILENT_PREFIXES = ("AR_", "ELAS_")  # age bands, language status

# Dashboard downloads ("studentgroup").
DASHBOARD_GROUPS: GroupCodes = {
    "ALL": ALL,
    "AA": (_RACE, "black"),
    "AI": (_RACE, "american_indian"),
    "AS": (_RACE, "asian"),
    "FI": (_RACE, "filipino"),
    "HI": (_RACE, "hispanic"),
    "MR": (_RACE, "two_or_more"),
    "PI": (_RACE, "pacific_islander"),
    "WH": (_RACE, "white"),
    "EL": _yes("english_learner"),
    "LTEL": ("language_status", "long_term_english_learner"),
    "RFP": ("language_status", "reclassified"),
    "FOS": _yes("foster"),
    "HOM": _yes("homeless"),
    "SED": _yes("low_income"),
    "SWD": _yes("disability"),
    "ELO": None,  # current English learners only, a part of EL
    "EO": None,
    "SBA": None,
    "CAA": None,
}

_TEST_RACES = (
    "black",
    "american_indian",
    "asian",
    "filipino",
    "hispanic",
    "pacific_islander",
    "white",
)

# CAASPP research files ("Student Group ID", "Subgroup ID", "Demographic ID").
TEST_GROUPS: GroupCodes = {
    "1": ALL,
    "3": MALE,
    "4": FEMALE,
    "6": ("language_status", "never_english_learner"),
    "8": ("language_status", "reclassified"),
    "160": _yes("english_learner"),
    "128": _yes("disability"),
    "99": _no("disability"),
    "31": _yes("low_income"),
    "111": _no("low_income"),
    "28": _yes("migrant"),
    "29": _no("migrant"),
    "52": _yes("homeless"),
    "53": _no("homeless"),
    "240": _yes("foster"),
    "241": _no("foster"),
    **{str(74 + at): (_RACE, race) for at, race in enumerate(_TEST_RACES)},
    "144": (_RACE, "two_or_more"),
    **{
        str(first + at): (f"{_RACE}*low_income", f"{race}*{income}")
        for first, income in ((200, "low_income"), (220, "not_low_income"))
        for at, race in enumerate((*_TEST_RACES, "two_or_more"))
    },
    # Parents' schooling, military families, finer language groups.
    **dict.fromkeys(
        [
            "7",
            "50",
            "51",
            "90",
            "91",
            "92",
            "93",
            "94",
            "120",
            "121",
            "142",
            "170",
            "180",
            "190",
            "243",
            "250",
            "251",
            "252",
        ]
    ),
}
TEST_INDICATORS = {"1": "met_standard_ela", "2": "met_standard_math"}
TEST_ALL_GRADES = "13"

# Annual dropout files ("ETHNIC").
DROPOUT_RACES = {
    "0": "not_reported",
    "1": "american_indian",
    "2": "asian",
    "3": "pacific_islander",
    "4": "filipino",
    "5": "hispanic",
    "6": "black",
    "7": "white",
    "9": "two_or_more",
}
DROPOUT_GENDERS = {"F": "female", "M": "male", "X": "nonbinary", "Z": "not_reported"}

# Names in words, for copies that carry words ("category type", "subgroup").
# In such copies the letters mean other things (SF is female there and foster above),
# so words decide and letters are not read.
_WORDS: dict[str, Group] = {
    "All Students": ALL,
    "Total": ALL,
    "All": ALL,
    "Female": FEMALE,
    "Girls": FEMALE,
    "Male": MALE,
    "Boys": MALE,
    "Non-Binary": NONBINARY,
    "Missing Gender": GENDER_NOT_REPORTED,
    "English Learner": _yes("english_learner"),
    "English Learners": _yes("english_learner"),
    "Foster": _yes("foster"),
    "Foster Youth": _yes("foster"),
    "Homeless": _yes("homeless"),
    "Homeless Youth": _yes("homeless"),
    "Migrant": _yes("migrant"),
    "Migrant Education": _yes("migrant"),
    "Socioeconomically Disadvantaged": _yes("low_income"),
    "Students with Disabilities": _yes("disability"),
    "African American": (_RACE, "black"),
    "Black": (_RACE, "black"),
    "Black or African American": (_RACE, "black"),
    "Black/African American": (_RACE, "black"),
    "American Indian": (_RACE, "american_indian"),
    "American Indian or Alaska Native": (_RACE, "american_indian"),
    "American Indian/Alaska Native": (_RACE, "american_indian"),
    "Native American": (_RACE, "american_indian"),
    "Asian": (_RACE, "asian"),
    "Filipino": (_RACE, "filipino"),
    "Hispanic": (_RACE, "hispanic"),
    "Hispanic or Latino": (_RACE, "hispanic"),
    "Hispanic/Latino": (_RACE, "hispanic"),
    "Latino": (_RACE, "hispanic"),
    "Pacific Islander": (_RACE, "pacific_islander"),
    "Native Hawaiian or Pacific Islander": (_RACE, "pacific_islander"),
    "Native Hawaiian/Pacific Islander": (_RACE, "pacific_islander"),
    "White": (_RACE, "white"),
    "Two or More Races": (_RACE, "two_or_more"),
    "Multiple Races": (_RACE, "two_or_more"),
}
GROUP_WORDS: dict[str, Group] = {fold(word): group for word, group in _WORDS.items()}
NOT_REPORTED_BY_TYPE: dict[str, Group] = {
    "sex": GENDER_NOT_REPORTED,
    "gender": GENDER_NOT_REPORTED,
    "race": RACE_NOT_REPORTED,
    "raceethnicity": RACE_NOT_REPORTED,
    "ethnicity": RACE_NOT_REPORTED,
}

# Levels: T C D S, X for the state in older files, numbers in the CAASPP files
# (9 and 10 are charter schools reported by themselves).
LEVELS = {
    "T": "state",
    "X": "state",
    "C": "county",
    "D": "district",
    "S": "school",
    "4": "state",
    "5": "county",
    "6": "district",
    "7": "school",
    "9": "school",
    "10": "school",
    "STATE": "state",
    "COUNTY": "county",
    "DISTRICT": "district",
    "SCHOOL": "school",
}
STATE_ID = "CA"
STATE_NAME = "California"
COUNTIES = 58
AUTHORITY = "California Department of Education"
