"""Reference pages made from the code: what the code uses is what the manual says."""

from __future__ import annotations

import re
from pathlib import Path

from evenrise.cli import main as front
from evenrise.config.options import OPTIONS, PREFIX
from evenrise.findings.early_warning.reasons import line_text
from evenrise.indicators import catalog
from evenrise.indicators.flags import rules as flag_rules
from evenrise.indicators.flags.rules import MEASURES, RULE_SETS
from evenrise.indicators.registry import INDICATORS
from evenrise.records.contracts import CONTRACTS
from evenrise.records.sources import SOURCES
from evenrise.vocabulary.facts import FACT_COLUMNS, Origin, Status
from evenrise.vocabulary.groups import FAMILIES


def reference_pages() -> dict[str, str]:
    """Every made page by its name (no ending)."""
    return {
        "command-line": command_line(),
        "settings": settings(),
        "district-csv": district_csv(),
        "sources": sources(),
        "indicators": indicators(),
        "facts": facts(),
        "student-groups": student_groups(),
        "flags": flags(),
        **indicator_pages(),
    }


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        + " |"
        for row in lines
    )


def command_line() -> str:
    """The help of every command, as the terminal prints it."""
    parts = [
        "# The command line\n",
        f"```text\n{front._parser(None).format_help()}```\n",
    ]
    for name in front.COMMANDS:
        parser = front._parser(name)
        sub = next(
            action.choices[name]
            for action in parser._actions
            if isinstance(action.choices, dict)
        )
        parts.append(f"## {name}\n\n```text\n{sub.format_help()}```\n")
    return "\n".join(parts)


def settings() -> str:
    """The table of options."""
    rows = [(f"`{PREFIX}{o.name}`", f"`{o.default}`", o.help) for o in OPTIONS]
    return (
        "# Settings\n\nRead from the environment; a wrong value is said at start.\n\n"
        + table(("setting", "default", "what it does"), rows)
        + "\n"
    )


def district_csv() -> str:
    """The record contract, a section a table."""
    parts = [
        "# District CSV, version 1\n",
        (
            "A folder or a zip of UTF-8 CSV files with a header. A missing file means "
            "*not collected*, an empty file means *none*. Column names match without "
            "regard to case, spaces and `_`.\n"
        ),
    ]
    for contract in CONTRACTS.values():
        rows = [
            (
                f"`{column.name}`" + (" *" if column.required else ""),
                str(column.kind.value),
                ", ".join(column.codes),
                column.about,
            )
            for column in contract.columns
        ]
        parts.append(
            f"## {contract.name}\n\n{contract.about.en} One row: {contract.grain}.\n\n"
            + table(("column (* required)", "kind", "codes", "what it is"), rows)
            + "\n"
        )
    return "\n".join(parts)


def sources() -> str:
    """Each source introduces itself."""
    rows = [
        (
            f"`{source.card.key}`",
            source.card.name.en,
            source.card.what.en,
            source.card.how_often.en,
            source.card.merge_rule.en,
        )
        for source in SOURCES
    ]
    return (
        "# Sources\n\nFiles are recognised by what is in them, not by their names.\n\n"
        + table(("key", "source", "what it is", "how often", "merge rule"), rows)
        + "\n"
    )


def indicators() -> str:
    """The list of indicators; each has a page of its own."""
    rows = [
        (
            f"[{one.title.en}](indicators/{one.key}.md)",
            f"`{one.key}`",
            str(one.version),
            one.authority,
        )
        for one in INDICATORS.values()
    ]
    pages = "\n".join(f"indicators/{key}" for key in INDICATORS)
    return (
        "# Indicators\n\n"
        + table(("indicator", "key", "version", "by the rule of"), rows)
        + f"\n\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"
    )


def indicator_pages() -> dict[str, str]:
    """Every indicator: its definition in both languages, and its rules."""
    return {
        f"indicators/{one.key}": (
            f"# {one.title.en}\n\n*{one.title.es}*\n\n"
            f"`{one.key}`, version {one.version}, by the rule of {one.authority}. "
            f"Good is {one.good}; unit: {one.unit}.\n\n"
            f"{one.definition.en}\n\n{one.definition.es}\n\n" + rules_of(one.key)
        )
        for one in INDICATORS.values()
    }


def rules_of(key: str) -> str:
    """The indicator's rules.md, its headings put below the indicator's own."""
    folder = Path(catalog.__file__).parent / key
    page = folder / "rules.md"
    if not page.exists():
        return ""
    text = re.sub(r"\(\.\./(\w+)/rules\.md", r"(\1.md", page.read_text("utf-8"))
    return "\n".join(
        "#" + line if line.startswith("#") else line for line in text.splitlines()
    )


def flags() -> str:
    """The rule sets of early warning, their measures, and the rules of counting."""
    parts = [(Path(flag_rules.__file__).parent / "rules.md").read_text("utf-8")]
    parts.append("\n## Rule sets\n")
    for one in RULE_SETS.values():
        rows = [
            (line.domain, f"{line_text(line).en}", "strong" if line.severe else "")
            for line in one.lines
        ]
        parts.append(
            f"### {one.name.en} (`{one.key}`)\n\n{one.authority}. {one.source}. "
            f"Version {one.version}. {one.use.en}\n\n{one.use.es}\n\n"
            + table(("domain", "line", "strong"), rows)
            + "\n"
        )
    rows = [(f"`{m.key}`", m.domain, m.words.en) for m in MEASURES.values()]
    parts.append("## Measures\n\n" + table(("measure", "domain", "what"), rows))
    return "\n".join(parts) + "\n"


def facts() -> str:
    """The columns of a table of facts and the meaning of a status."""
    return (
        "# Facts\n\nThe one currency of the house.\n\n"
        + table(("column", "type"), [(f"`{k}`", v) for k, v in FACT_COLUMNS.items()])
        + "\n\nStatus is one of "
        + ", ".join(f"`{status.value}`" for status in Status)
        + "; origin one of "
        + ", ".join(f"`{origin.value}`" for origin in Origin)
        + ".\n"
    )


def student_groups() -> str:
    """Families and groups, in the order they are always shown."""
    parts = ["# Student groups\n"]
    for family in FAMILIES.values():
        rows = [(f"`{g.code}`", g.name.en, g.name.es) for g in family.groups]
        parts.append(
            f"## {family.name.en} (`{family.code}`)\n\n"
            + table(("code", "English", "Spanish"), rows)
            + "\n"
        )
    return "\n".join(parts)
