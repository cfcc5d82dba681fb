"""Builds the manual into site/: written pages as they stand, reference from the code.

Run by `./dev docs`. The pages are gathered in a folder aside, the reference pages are
made from the tables that the code itself uses, and a warning is an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from docs.reference_pages import reference_pages


ROOMS = ("tutorials", "how-to", "reference", "explanation", "adr")


def gather(target: Path) -> None:
    """Lay written and made pages side by side in `target`."""
    for page in HERE.glob("*.md"):
        shutil.copy(page, target)
    shutil.copy(HERE / "conf.py", target)
    made = shutil.ignore_patterns("__pycache__")
    for room in (*ROOMS, "pictures", "examples"):
        if (HERE / room).is_dir():
            shutil.copytree(HERE / room, target / room, ignore=made, dirs_exist_ok=True)
    for name, page in reference_pages().items():
        (target / "reference" / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (target / "reference" / f"{name}.md").write_text(page, encoding="utf-8")
    for index in (target / "explanation").glob("*/index*.md"):
        nest(index)
    (target / "index.md").write_text(contents(target), encoding="utf-8")


def nest(index: Path) -> None:
    """Put the pages that an index of a room links to under it, in its order."""
    page = index.read_text(encoding="utf-8")
    tree = "\n".join(dict.fromkeys(re.findall(r"\]\(((?!index)[\w.-]+)\.md\)", page)))
    tree = f"\n```{{toctree}}\n:hidden:\n\n{tree}\n```\n"
    index.write_text(page + tree, encoding="utf-8")


def contents(target: Path) -> str:
    """The first page: the written introduction and a tree of every page."""
    parts = [(HERE / "index.md").read_text(encoding="utf-8")]
    titles = {
        "tutorials": "Learn",
        "how-to": "Do",
        "reference": "Look up",
        "explanation": "Understand",
        "adr": "Decisions",
    }
    for room, title in titles.items():
        written = (target / room).glob("*.md"), (target / room).glob("*/index*.md")
        pages = [
            p.relative_to(target).with_suffix("").as_posix()
            for part in written
            for p in sorted(part, key=lambda page: page.stem)
        ]
        if pages:
            tree = "\n".join(pages)
            parts.append(
                f"```{{toctree}}\n:caption: {title}\n:maxdepth: 1\n\n{tree}\n```\n"
            )
    parts.append("```{toctree}\n:hidden:\n\nindex.es\nglossary\n```\n")
    return "\n".join(parts)


def build(site: Path) -> int:
    """Build; the exit code of the builder."""
    with tempfile.TemporaryDirectory() as aside:
        pages = Path(aside)
        gather(pages)
        return subprocess.call(
            [
                sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going",
                "-d", str(pages / "_build"), str(pages), str(site),
            ]
        )  # fmt: skip


if __name__ == "__main__":
    code = build(ROOT / "site")
    print("the manual is in site/index.html" if code == 0 else "the manual has faults")
    sys.exit(code)
