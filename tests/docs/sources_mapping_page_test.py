"""The mapping on the how-to page is one that the product reads."""

from __future__ import annotations

import re

from evenrise.records.sources.published.mapping import read_mapping
from tests.support.paths import ROOT


def test_the_mapping_on_the_page_is_whole():
    page = (ROOT / "docs/how-to/map-another-states-files.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    mapping = read_mapping(block, "the page")
    assert mapping.rows[0].codes["girls"] == ("gender", "female")
    assert mapping.total is not None
    assert mapping.total.organization_id == "IV"
