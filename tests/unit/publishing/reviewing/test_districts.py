"""A person names a district their own way, and is understood or helped."""

from __future__ import annotations

import pytest

from evenrise.publishing.reviewing.districts import DistrictChoice, choose_district
from evenrise.vocabulary.errors import ArgumentProblem


FOUND = [
    DistrictChoice("1964980", "Santa Monica-Malibu Unified"),
    DistrictChoice("1964733", "Los Angeles Unified"),
    DistrictChoice("3768338", "San Diego Unified"),
]


@pytest.mark.parametrize(
    "wanted",
    [
        "1964980",
        "19649800000000",
        "19-64980",
        "64980",
        "Santa Monica-Malibu Unified",
        "santa monica malibu unified school district",
        "Santa Monica",
    ],
)
def test_one_district_is_meant(wanted: str) -> None:
    assert choose_district(FOUND, wanted) == FOUND[0]


@pytest.mark.parametrize(
    ("found", "wanted", "says"),
    [
        (FOUND, "Santa Monca-Malibu Unified", r"Did you mean Santa Monica-Malibu"),
        (FOUND, "Atlantis", "Check the name"),
        (FOUND, "San", "No district"),
        (FOUND, None, "3 districts"),
        ([], None, "no figures"),
        ([DistrictChoice("1964980")], "Santa Monica", "give its code instead"),
        ([*FOUND, DistrictChoice("1", "San Diego Unified")], "San Diego Unified", "1"),
    ],
)
def test_otherwise_the_sentence_helps(found, wanted, says) -> None:
    with pytest.raises(ArgumentProblem, match=says):
        choose_district(found, wanted)


def test_the_only_district_need_not_be_named() -> None:
    assert choose_district(FOUND[:1], None) == FOUND[0]


def test_the_district_of_the_settings_is_meant_when_nothing_is_said() -> None:
    assert choose_district(FOUND, None, own="3768338").name == "San Diego Unified"


def test_a_bare_number_finds_a_numbered_district() -> None:
    city = [
        DistrictChoice(f"NYC{n:02d}", f"New York City District {n}") for n in (1, 10)
    ]
    assert choose_district(city, "1").code == "NYC01"
    assert choose_district(city, "10").code == "NYC10"
