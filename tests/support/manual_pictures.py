"""The manual's pictures of the workspace, taken on the walks that the tests do.

Written only with EVENRISE_PICTURES=1, so that a test run changes no file.
"""

from __future__ import annotations

import os

from playwright.sync_api import Page

from tests.support.paths import ROOT


PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes


def take(page: Page, name: str) -> None:
    """Take the window as it is for the manual: docs/pictures/workspace-NAME.png."""
    if os.environ.get("EVENRISE_PICTURES") != "1":
        return
    path = PICTURES / f"workspace-{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size <= LARGEST, f"{path.name} is too large for the manual"
