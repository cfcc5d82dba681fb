"""The dependency audit is red for what is known, and for nothing else."""

from __future__ import annotations

import json
import tomllib

from tests.support.audit import KNOWN, LOCK, locked_packages, verdict


FOUND = {
    "name": "leaky",
    "version": "1.0",
    "vulns": [
        {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]},
    ],
}
FINE = {"name": "fine", "version": "2.0", "vulns": []}


def told(*packages: dict) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_vulnerability_is_red_and_names_the_version_without_it():
    code, lines = verdict(told(FINE, FOUND), {})
    assert code == 1
    assert "leaky 1.0: PYSEC-1 (mended in: 1.1)" in lines


def test_an_excuse_needs_a_reason():
    assert verdict(told(FOUND), {"CVE-1": {"reason": " "}})[0] == 1
    code, lines = verdict(told(FOUND), {"CVE-1": {"reason": "never called"}})
    assert code == 0
    assert "excused: never called" in lines[0]


def test_an_excuse_that_is_no_longer_needed_is_told():
    code, lines = verdict(told(FINE), {"CVE-9": {"reason": "old"}})
    assert (code, lines[0]) == (0, "CVE-9 is excused and no longer met")


def test_no_index_is_not_red():
    for answer in ("", "Connection refused", "{}", "[]"):
        code, lines = verdict(answer, {})
        assert (code, lines[0][:7]) == (0, "skipped")
    silent = {"name": "fine", "skip_reason": "not found on the index"}
    assert verdict(told(silent), {}) == (
        0,
        ["skipped: the package index here tells nothing of vulnerabilities"],
    )


def test_every_package_of_the_lock_is_asked_about_once():
    lists = locked_packages(tomllib.loads(LOCK.read_text()))
    packages = [one for part in lists for one in part]
    assert len(packages) == len(set(packages)) > 80
    assert not any(one.startswith("evenrise==") for one in packages)
    assert any(one.startswith("django==5.2") for one in packages)


def test_every_excuse_has_its_reason():
    for name, excuse in tomllib.loads(KNOWN.read_text()).items():
        assert excuse["package"], name
        assert len(excuse["reason"]) > 20, name
