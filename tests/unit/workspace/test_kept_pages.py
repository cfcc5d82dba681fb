"""Public pages are kept for a while, and never more of them than fit."""

from __future__ import annotations

import time

from evenrise.workspace.reports.kept_pages import KeptPages


def test_a_page_is_found_until_its_time_is_over():
    pages = KeptPages(seconds=0.05)
    pages.keep("a", b"page")
    assert pages.find("a") == b"page"
    assert pages.find("b") is None
    time.sleep(0.06)
    assert pages.find("a") is None


def test_the_longest_unasked_goes_first():
    pages = KeptPages(most=10)
    pages.keep("a", b"1234")
    pages.keep("b", b"1234")
    assert pages.find("a") == b"1234"
    pages.keep("c", b"1234")
    assert (pages.find("a"), pages.find("b")) == (b"1234", None)
    assert pages.find("c") == b"1234"


def test_a_page_kept_again_counts_once_and_one_too_long_is_not_kept():
    pages = KeptPages(most=10)
    for _ in range(5):
        pages.keep("a", b"12345678")
    assert pages.find("a") == b"12345678"
    pages.keep("b", b"12345678901")
    assert pages.find("b") is None
    assert pages.find("a") == b"12345678"
