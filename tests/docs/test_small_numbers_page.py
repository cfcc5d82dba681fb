"""What the page on small numbers says is what the program does."""

import numpy as np
import pytest

from evenrise.statistics.small_numbers import DEFAULT_RULE
from evenrise.statistics.small_numbers.plain_table import is_safe
from tests.support.paths import ROOT


PAGES = [ROOT / f"docs/explanation/small-numbers{e}.md" for e in ("", ".es")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "es"])
def test_the_page_says_the_rule(page):
    words = page.read_text(encoding="utf-8")
    assert str(DEFAULT_RULE.smallest_shown) in words
    assert "0, 1, 2" in words


def test_five_percent_of_sixty_is_up_to_three():
    reach, band = DEFAULT_RULE.coding(np.array([60.0, 11.0, 14.0, 15.0]))
    assert reach.tolist() == [3, -1, -1, 3]
    assert band[0] == pytest.approx(0.05)


def test_the_move_in_the_table_protects_the_four():
    table = np.array([[4, 15], [25, 12]])
    everything = np.ones_like(table, dtype=bool)
    small = table < DEFAULT_RULE.smallest_shown
    assert is_safe(table, everything, small, DEFAULT_RULE.min_width)
    assert not is_safe(table, small, small, DEFAULT_RULE.min_width)
