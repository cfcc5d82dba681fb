"""One Chromium for all browser tests, with the documents' own face for every reader.

Names the fonts of the wheel instead of the machine's, so that pictures look the same
wherever they are taken.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fontpkg_noto_sans
import pytest
from playwright.sync_api import Browser, sync_playwright


ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans</family></prefer></alias>
</fontconfig>
"""


_SHARED: list[Browser] = []


@contextmanager
def chromium(aside: Path) -> Iterator[Browser]:
    """A running browser; `aside` holds its font settings.

    Skips the test, with the reason, where no Chromium is installed.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: install the package `chromium`")
    settings = aside / "fonts.conf"
    fonts = Path(str(fontpkg_noto_sans.ROOT))
    settings.write_text(FONTS.format(fonts=fonts, cache=aside / "cache"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=list(ARGUMENTS),
            env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The session's browser; import this name into a test file to use it.

    Each file that imports it has a fixture of its own, but only one browser can run:
    the later ones share the first one's, which ends last.
    """
    if _SHARED:
        yield _SHARED[0]
        return
    with chromium(tmp_path_factory.mktemp("browser")) as running:
        _SHARED.append(running)
        yield running
        _SHARED.clear()
