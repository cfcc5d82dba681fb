"""California's layouts that are known from descriptions only, in invented files."""

from __future__ import annotations

import pytest

from tests.support.source_imports import imported, written


TOTALS = "records.total_does_not_add_up"  # the desk asks it of every source
DISTRICT, SCHOOL = "0161119", "01611190130229"
PLACE = (
    "Academic Year,Aggregate Level,County Code,District Code,School Code,County Name,"
    "District Name,School Name,Charter School,DASS,Reporting Category,"
)
ABSENCE = PLACE + (
    "ChronicAbsenteeismEligibleCumulativeEnrollment,ChronicAbsenteeismCount,"
    "ChronicAbsenteeismRate\n"
)


def tabbed(text: str) -> str:
    return text.replace(",", "\t")


def rows(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_chronic_absence_uses_the_all_rows_only(tmp_path):
    text = ABSENCE + rows(
        "2024-25,T,00,00000,0000000,State,,,All,All,TA,1000,200,20.0",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,500,60,12.0",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,No ,All,TA,400,50,12.5",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,Yes,All,TA,100,10,10.0",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,No,TA,490,55,11.2",
        "2024-25,S,01,61119,0130229,Alameda,Alameda,Bay High,No,No,RH,50,5,10.0",
        "2024-25,S,01,61119,0130229,Alameda,Alameda,Bay High,No,No,RB,*,*,*",
    )
    path = written(tmp_path, "anything.txt", tabbed(text))
    read = imported(tmp_path / "store", path)
    words = {"indicator": "chronic_absence", "school_year": 2025}
    assert read.counts("CA", **words) == (200, 1000)
    assert read.counts(DISTRICT, **words) == (60, 500)
    race = {"group_family": "race_ethnicity"} | words
    assert read.counts(SCHOOL, group="hispanic", **race) == (5, 50)
    hidden = read.fact(SCHOOL, group="black", **race)
    assert (hidden["status"], hidden["numerator"]) == ("suppressed", None)
    assert read.names()[SCHOOL] == "Bay High"
    assert "nothing was added" in read.notes()


def test_unspaced_headers_and_fractions_are_the_same_file(tmp_path):
    header = ABSENCE.replace(" ", "")
    text = header + rows(
        "20242025,D,1.0,61119.0,0,Alameda,Alameda Unified,,All,All,TA ,500,60,0.12",
        "20242025,D,1.0,61119.0,0,Alameda,Alameda Unified,,All,All,GF,200,20,0.10",
    )
    read = imported(tmp_path / "store", written(tmp_path, "x.csv", text))
    fact = read.fact(DISTRICT, indicator="chronic_absence", school_year=2025)
    assert fact["value"] == pytest.approx(0.12)
    assert "leading zeros" in read.notes()
    assert not read.questions("published.rate_disagrees")


def test_suspension_in_the_states_21_columns(tmp_path):
    header = (
        "AcademicYear,AggregateLevel,CountyCode,DistrictCode,SchoolCode,CountyName,"
        "DistrictName,SchoolName,CharterYN,ReportingCategory,CumulativeEnrollment,"
        "Total Suspensions,Unduplicated Count of Students Suspended (Total),"
        "Unduplicated Count of Students Suspended (Defiance-Only),"
        "Suspension Rate (Total),Suspension Count Violent Incident (Injury),"
        "Suspension Count Violent Incident (No Injury),"
        "Suspension Count Weapons Possession,Suspension Count Illicit Drug-Related,"
        "Suspension Count Defiance-Only,Suspension Count Other Reasons\n"
    )
    more = ",1,1,1,1,1,1"
    text = header + rows(
        f"2017-18,D,01,61119,0000000,Alameda,Alameda,,All,TA,1000,50,30,2,3.0{more}",
        f"2017-18,D,01,61119,0000000,Alameda,Alameda,,N,TA,800,40,25,2,3.1{more}",
        f"2017-18,D,01,61119,0000000,Alameda,Alameda,,All,SF,0,0,0,0,{more}",
    )
    read = imported(tmp_path / "store", written(tmp_path, "susp.txt", tabbed(text)))
    words = {"indicator": "suspension", "school_year": 2018}
    assert read.counts(DISTRICT, **words) == (30, 1000)
    foster = read.fact(DISTRICT, group_family="foster", group="foster", **words)
    assert foster["status"] == "suppressed"


def test_graduation_in_the_states_own_columns(tmp_path):
    header = PLACE.replace("Reporting Category", "ReportingCategory") + (
        "CohortStudents,Regular HS Diploma Graduates (Count),"
        "Regular HS Diploma Graduates (Rate),Met UC/CSU Grad Req's (Count),"
        "Met UC/CSU Grad Req's (Rate),Seal of Biliteracy (Count),"
        "Seal of Biliteracy (Rate),Dropout (Count),Dropout (Rate)\n"
    )
    text = header + rows(
        "2021-22,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,"
        "200,180,90.0,90,50.0,18,10.0,10,5.0",
        "2021-22,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,SE,"
        "20,*,*,*,*,*,*,*,*",
    )
    read = imported(tmp_path / "store", written(tmp_path, "acgr22.csv", text))
    expected = {
        "graduation": (180, 200),
        "a_g_completion": (90, 180),
        "biliteracy_seal": (18, 180),
        "dropout_cohort": (10, 200),
    }
    found = {name: read.counts(DISTRICT, indicator=name) for name in expected}
    assert found == expected
    learners = read.fact(
        DISTRICT,
        indicator="graduation",
        group_family="english_learner",
        group="english_learner",
    )
    assert learners["status"] == "suppressed"


def test_enrolment_by_group_and_grade(tmp_path):
    grades = ",".join(["GR_TK", "GR_KN", *(f"GR_{n:02d}" for n in range(1, 13))])
    header = (
        "Academic Year,Aggregate Level,County Code,District Code,School Code,"
        "County Name,District Name,School Name,Charter,Reporting Category,TOTAL_ENR,"
        f"{grades}\n"
    )
    counts = ",".join(str(n) for n in range(10, 24))
    text = header + rows(
        f"2023-24,D,01,61119,0000000,Alameda,Alameda Unified,,ALL,TA,231,{counts}",
        f"2023-24,D,01,61119,0000000,Alameda,Alameda Unified,,ALL,SG_EL,40,{counts}",
        f"2023-24,D,01,61119,0000000,Alameda,Alameda Unified,,ALL,AR_03,9,{counts}",
        f"2023-24,D,01,61119,0000000,Alameda,Alameda Unified,,ALL,RE_X,9,{counts}",
    )
    read = imported(tmp_path / "store", written(tmp_path, "e.txt", tabbed(text)))
    words = {"indicator": "enrollment", "school_year": 2024}
    everyone = read.fact(DISTRICT, **words)
    assert everyone["denominator"] == 231
    assert everyone["value"] is None
    assert everyone["numerator"] is None
    ninth = read.fact(DISTRICT, group_family="grade", group="09", **words)
    assert ninth["denominator"] == 20
    (question,) = read.questions("published.new_group_code")
    assert "RE_X" in question.text.en
    assert "AR_03" not in question.text.en


CAASPP_2022 = (
    "County Code^District Code^School Code^Filler^Test Year^Student Group ID^Test Type^"
    "Total Tested at Reporting Level^Total Tested with Scores at Reporting Level^Grade^"
    "Test ID^Students Enrolled^Students Tested^Mean Scale Score^"
    "Percentage Standard Exceeded^Percentage Standard Met^"
    "Percentage Standard Met and Above^Percentage Standard Nearly Met^"
    "Percentage Standard Not Met^Students with Scores^Type ID\n"
)


def test_caaspp_results_since_2022(tmp_path):
    text = CAASPP_2022 + rows(
        "01^61119^0000000^^2022^001^B^900^890^13^1^910^900^^30^28.5^58.50^20^21^890^6",
        "01^61119^0000000^^2022^001^B^900^890^13^2^910^900^^30^10^40.00^20^40^880^6",
        "01^61119^0000000^^2022^001^B^900^890^03^1^100^100^2^30^20^50.00^20^30^100^6",
        "01^61119^0000000^^2022^160^B^900^890^13^1^50^40^^*^*^*^*^*^*^6",
        "01^61119^0000000^^2022^200^B^900^890^13^1^50^40^^5^5^10.00^45^45^40^6",
        "01^61119^0000000^^2022^001^B^900^890^13^17^910^900^^9^9^18.00^20^40^880^6",
        "01^61119^0000000^^2022^160^B^900^890^03^1^50^40^^5^5^10.00^45^45^40^6",
    )
    read = imported(tmp_path / "store", written(tmp_path, "sb.txt", text))
    ela = {"indicator": "met_standard_ela", "school_year": 2022}
    assert read.counts(DISTRICT, **ela) == (521, 890)
    assert read.counts(DISTRICT, **ela | {"indicator": "met_standard_math"}) == (
        352,
        880,
    )
    third = read.counts(DISTRICT, group_family="grade", group="03", **ela)
    assert third == (50, 100)
    hidden = read.fact(
        DISTRICT, group_family="english_learner", group="english_learner", **ela
    )
    assert hidden["status"] == "suppressed"
    pair = read.counts(
        DISTRICT,
        group_family="race_ethnicity*low_income",
        group="black*low_income",
        **ela,
    )
    assert pair == (4, 40)
    assert len(read.facts) == 5
    assert not read.questions("published.new_group_code")
    assert "no count" in read.notes()


def test_caaspp_results_of_the_older_comma_files(tmp_path):
    text = (
        "County Code,District Code,School Code,Filler,Test Year,Subgroup ID,Test Type,"
        "Total Tested At Entity Level,Total Tested with Scores,Grade,Test Id,"
        "CAASPP Reported Enrollment,Students Tested,Mean Scale Score,"
        "Percentage Standard Exceeded,Percentage Standard Met,"
        "Percentage Standard Met and Above,Percentage Standard Nearly Met,"
        "Percentage Standard Not Met,Students with Scores\n"
        "00,00000,0000000,,2019,1,B,100,100,13,1,100,100,,30,21,51.0,20,29,3000\n"
        "01,61119,0130229,,2019,74,B,100,100,13,1,100,100,,30,21,51.0,20,29,100\n"
    )
    read = imported(tmp_path / "store", written(tmp_path, "ca2019.csv", text))
    words = {"indicator": "met_standard_ela", "school_year": 2019}
    assert read.counts("CA", **words) == (1530, 3000)
    black = read.fact(SCHOOL, group_family="race_ethnicity", group="black", **words)
    assert black["level"] == "school"
    assert black["district_id"] == DISTRICT


DASHBOARD = (
    "cds,rtype,schoolname,districtname,countyname,charter_flag,coe_flag,dass_flag,"
    "studentgroup,currnumer,currdenom,currstatus,priorstatus,change,statuslevel,"
    "changelevel,color,box,reportingyear\n"
    "00000000000000,X,,,,,,,ALL,1000,5000,20,21,-1,3,3,3,1,2023\n"
    "01611190000000,D,,Alameda Unified,Alameda,,,,SED,30,100,30,31,-1,3,3,3,1,2023\n"
)


def test_dashboard_download_is_known_by_its_name_when_nothing_else_tells(tmp_path):
    path = written(tmp_path, "chronicdownload2023.csv", DASHBOARD)
    read = imported(tmp_path / "store", path)
    words = {"indicator": "chronic_absence", "school_year": 2023}
    assert read.counts("CA", **words) == (1000, 5000)
    poor = read.fact(DISTRICT, group_family="low_income", group="low_income", **words)
    assert poor["value"] == pytest.approx(0.3)
    assert poor["authority"] == "California School Dashboard"


def test_dashboard_download_that_does_not_tell_is_asked_about(tmp_path):
    other = written(tmp_path, "e.csv", "School_ID,Name,Level\nS1,Bay,high\n")
    path = written(tmp_path, "download.csv", DASHBOARD)
    read = imported(tmp_path / "store", path, other)
    assert read.questions("published.which_indicator")
    assert len(read.facts) == 0


def test_rates_a_hundred_times_off_are_asked_about(tmp_path):
    line = "2024-25,S,01,61119,{:07d},Alameda,Alameda Unified,S,All,All,TA,100,{},{}"
    good = [line.format(n, 10 + n, 10.0 + n) for n in range(2, 12)]
    wrong = [line.format(n, 10, 0.1) for n in range(12, 15)]
    path = written(tmp_path, "a.csv", ABSENCE + rows(*good, *wrong))
    read = imported(tmp_path / "store", path)
    (question,) = read.questions("published.rate_scale")
    assert "3 rows" in question.where
    fact = read.fact("01611190000012", indicator="chronic_absence")
    assert fact["value"] == pytest.approx(0.1)


def test_counts_above_their_students_give_no_rate(tmp_path):
    text = ABSENCE + rows(
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,50,60,120.0",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,GF,50,10,20.0",
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    fact = read.fact(DISTRICT, indicator="chronic_absence")
    assert (fact["status"], fact["value"]) == ("not_applicable", None)
    assert read.questions("published.count_above_students")


def test_districts_without_an_all_row_are_left_out_and_asked_about(tmp_path):
    text = ABSENCE + rows(
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,No,All,TA,400,50,12.5",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,Yes,All,TA,100,10,10.0",
        "2024-25,T,00,00000,0000000,State,,,All,All,TA,1000,200,20.0",
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    assert read.questions("published.no_all_row")
    assert {row["level"] for row in read.facts.to_pylist()} == {"state"}


def test_rows_without_a_place_or_year_are_refused_with_their_line(tmp_path):
    text = ABSENCE + rows(
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,500,60,12.0",
        "2024-25,D,01,6.1E+08,0000000,Alameda,X,,All,All,TA,500,60,12.0",
        "soon,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,GF,500,60,12.0",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,GM,500,many,12.0",
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    lines = {line: (column, reason) for line, column, reason in read.refused()}
    assert set(lines) == {3, 4, 5}
    assert "school code" in lines[3][1]
    assert lines[4] == ("Academic Year", "soon is not a school year")
    assert "many" in lines[5][1]


def test_rate_that_falls_tenfold_in_a_year_is_asked_about(tmp_path):
    line = "{},D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,1000,{},{}"
    text = ABSENCE + rows(
        line.format("2022-23", 200, 20.0),
        line.format("2023-24", 210, 21.0),
        line.format("2024-25", 12, 1.2),
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    (question,) = read.questions("published.tenfold")
    assert (question.school_year, question.organization_id) == (2025, DISTRICT)
    assert question.indicator == "chronic_absence"


def test_all_students_come_from_gender_only_where_no_row_has_them(tmp_path):
    header = (
        "AcademicYear,CountyCode,DistrictCode,SchoolCode,CharterSchool,"
        "ReportingCategory,CohortStudents,HS_Grad_Co,HS_Grad_Ra\n"
    )
    body = rows(
        "2018-19,1,61119,0,All,GF,100,90,90.0", "2018-19,1,61119,0,All,GM,100,80,80.0"
    )
    read = imported(tmp_path / "a", written(tmp_path, "a.csv", header + body))
    assert read.counts(DISTRICT, indicator="graduation") == (170, 200)
    own = body + rows("2018-19,1,61119,0,All,TA,205,172,83.9")
    read = imported(tmp_path / "b", written(tmp_path, "b.csv", header + own))
    assert read.counts(DISTRICT, indicator="graduation") == (172, 205)


def test_state_and_counties_are_not_summed_from_a_part_of_the_dropout_file(tmp_path):
    header = (
        "CDS_CODE,ETHNIC,GENDER,E7,E8,E9,E10,E11,E12,EUS,ETOT,D7,D8,D9,D10,D11,D12,"
        "DUS,DTOT,YEAR\n"
    )
    text = header + rows(
        "1611190130229,5,F,0,0,10,10,10,10,0,40,0,0,0,0,0,2,0,2,1617",
        "1611190130229,7,X,0,0,10,10,10,10,0,40,0,0,0,0,1,0,0,1,1617",
        "1611190130229,8,M,0,0,1,1,1,1,0,4,0,0,0,0,0,0,0,0,1617",
    )
    read = imported(tmp_path / "store", written(tmp_path, "d.txt", tabbed(text)))
    levels = {row["level"] for row in read.facts.to_pylist()}
    assert levels == {"school", "district"}
    assert read.counts(DISTRICT, indicator="dropout") == (3, 84)
    assert read.counts(
        SCHOOL,
        indicator="dropout",
        group_family="race_ethnicity*gender",
        group="white*nonbinary",
    ) == (1, 40)
    (question,) = read.questions("published.new_group_code")
    assert "8" in question.text.en


def test_chronic_absence_of_the_first_years(tmp_path):
    text = (
        "AcademicYear,AggregateLevel,CountyCode,DistrictCode,SchoolCode,CountyName,"
        "DistrictName,SchoolName,CharterYN,ReportingCategory,CumulativeEnrollment,"
        "ChronicAbsenteeismCount,ChronicAbsenteeismRate\n"
        "2016-17,D,01,61119,0000000,Alameda,Alameda Unified,,All,TA,500,60,12\n"
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    words = {"indicator": "chronic_absence", "school_year": 2017}
    assert read.counts(DISTRICT, **words) == (60, 500)


def test_groups_that_exceed_their_total_are_asked_about(tmp_path):
    line = "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,{},{},{},{}"
    fine = [line.format("TA", 100, 10, 10.0), line.format("GF", 50, 5, 10.0)]
    path = written(tmp_path, "a.csv", ABSENCE + rows(*fine))
    assert not imported(tmp_path / "s", path).questions(TOTALS)
    more = [*fine, line.format("GM", 60, 5, 8.3)]
    path = written(tmp_path, "a.csv", ABSENCE + rows(*more))
    (question,) = imported(tmp_path / "t", path).questions(TOTALS)
    assert "gender" in question.text.en


def test_rates_of_whole_per_cent_do_not_disagree_with_their_counts(tmp_path):
    line = "2024-25,S,01,61119,{:07d},Alameda,Alameda Unified,S,All,All,TA,300,{},{}"
    text = ABSENCE + rows(
        *(line.format(n, 20 + n, round((20 + n) / 3)) for n in range(2, 12))
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    assert not read.questions("published.rate_disagrees")


def test_a_year_may_stand_in_the_name_only(tmp_path):
    text = ABSENCE.replace("Academic Year,", "") + rows(
        "D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,500,60,12.0"
    )
    path = written(tmp_path, "chronicabsenteeism25.csv", text)
    read = imported(tmp_path / "store", path)
    assert read.fact(DISTRICT, indicator="chronic_absence")["school_year"] == 2025
    unnamed = written(tmp_path, "absence.csv", text)
    other = written(tmp_path, "e.csv", "School_ID,Name,Level\nS1,Bay,high\n")
    asked = imported(tmp_path / "other", unnamed, other)
    (question,) = asked.questions("published.no_year")
    assert question.severity == "serious"
    assert len(asked.facts) == 0


def test_a_blank_count_without_a_rate_column_is_suppressed(tmp_path):
    header = ABSENCE.replace(",ChronicAbsenteeismRate", "")
    text = header + rows(
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,TA,500,60",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,SF,9,",
        "2024-25,D,01,61119,0000000,Alameda,Alameda Unified,,All,All,SM,40,0",
    )
    read = imported(tmp_path / "store", written(tmp_path, "a.csv", text))
    words = {"indicator": "chronic_absence", "school_year": 2025}
    foster = read.fact(DISTRICT, group_family="foster", group="foster", **words)
    assert (foster["status"], foster["value"]) == ("suppressed", None)
    # Without a column of rates, a 0 beside students is a 0.
    migrant = read.fact(DISTRICT, group_family="migrant", group="migrant", **words)
    assert (migrant["status"], migrant["value"]) == ("reported", 0.0)
