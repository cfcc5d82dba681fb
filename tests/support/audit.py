"""Is there a known vulnerability in what the lock file names?

    python -m tests.support.audit

Red (1) for one that `.ci/known-vulnerabilities.toml` does not excuse with a reason.
Where the index cannot be asked nothing is red: it says so, and ends with 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT


LOCK = ROOT / "uv.lock"
KNOWN = ROOT / ".ci" / "known-vulnerabilities.toml"
_PATIENCE = 300  # seconds


def locked_packages(lock: dict[str, Any]) -> list[list[str]]:
    """Every package of the lock, `name==version`; a second version in a second list."""
    lists: list[dict[str, str]] = []
    for package in lock["package"]:
        if "registry" not in package.get("source", {}):
            continue  # ourselves
        name = package["name"]
        free = next((one for one in lists if name not in one), None)
        if free is None:
            free = {}
            lists.append(free)
        free[name] = f"{name}=={package['version']}"
    return [sorted(one.values()) for one in lists]


def verdict(told: str, known: dict[str, dict[str, str]]) -> tuple[int, list[str]]:
    """What the tool's answer means: an exit code and sentences.

    Args:
        told: what the tool wrote, JSON if it could ask.
        known: the excused ones, by their name.
    """
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 0, ["skipped: no network (the index of vulnerabilities did not answer)"]
    asked = [one for one in packages if "vulns" in one]
    if packages and not asked:
        return 0, ["skipped: the package index here tells nothing of vulnerabilities"]
    code, lines, met = 0, [], set()
    for package in asked:
        for found in package["vulns"]:
            names = {found["id"], *found.get("aliases", [])}
            excused = names & set(known)
            met |= excused
            reason = "".join(known[name].get("reason", "") for name in excused)
            if reason.strip():
                lines.append(f"{package['name']}: {found['id']} excused: {reason}")
                continue
            code = 1
            better = ", ".join(found.get("fix_versions", [])) or "no version yet"
            lines.append(
                f"{package['name']} {package['version']}: {found['id']} "
                f"(mended in: {better})"
            )
    lines += [f"{name} is excused and no longer met" for name in set(known) - met]
    lines.append(f"{len(asked)} of {len(packages)} packages were looked up")
    return code, lines


def main() -> int:
    """Ask about everything in the lock."""
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    lists = locked_packages(tomllib.loads(LOCK.read_text(encoding="utf-8")))
    # One first: an index that does not answer is not asked a hundred times.
    code, lines = verdict(_ask([one for one in lists[0] if one[:8] == "django=="]), {})
    if lines[0].startswith("skipped"):
        sys.stdout.write(f"{lines[0]}\n")
        return code
    worst = 0
    for packages in lists:
        code, lines = verdict(_ask(packages), known)
        worst = max(worst, code)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return worst


def _ask(packages: list[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(packages) + "\n")
        words = [sys.executable, "-m", "pip_audit", "-r", wanted, "-f", "json"]
        words += ["--no-deps", "--disable-pip", "--progress-spinner", "off"]
        try:
            done = subprocess.run(
                [*words, "--timeout", "10"],
                capture_output=True,
                text=True,
                check=False,
                timeout=_PATIENCE,
            )
        except subprocess.TimeoutExpired:
            return ""
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
