"""Looks at a page in a browser as many readers would, and says what is wrong.

Accessibility (axe-core, the WCAG 2.2 AA tags), width, words of the other language,
the browser's complaints, and calls to anybody but us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, Request


AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLORS = ["color-contrast", "link-in-text-block"]  # what another color scheme changes

# Frequent words that the other language does not have.
_ENGLISH = """
the of and is are was were with from this that these those which not they you your
their has have been will would can may must student students school schools teacher
teachers page year years show what who whom how why where when there here only every
each other file files row rows by for to in on it at or an if then than group groups
number numbers since between
"""
_SPANISH = """
los las una unos unas que para por con se su sus son este esta estos estas más como
quién quiénes cuál cuáles dónde cuándo estudiante estudiantes escuela escuelas docente
docentes página año años usted también entre desde hasta cada otro otra ningún ninguna
archivo archivos fila filas grupo grupos número números del
"""
WORDS = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
OTHER = {"en": "es", "es": "en"}

# Everything a page says: its texts, and what its attributes say to some readers. What
# is marked as another language, code, and what scripts alone read stays out.
_SAID = """
() => {
  const own = document.documentElement.lang, said = [document.title];
  const elsewhere = node => {
    const marked = node.closest('[lang]');
    return marked && marked.lang !== own;
  };
  const quiet =
    'script, style, template, noscript, code, kbd, textarea, [translate=no]';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (node.data.trim() && !parent.closest(quiet) && !elsewhere(parent))
      said.push(node.data.trim());
  }
  for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-say'])
    for (const node of document.querySelectorAll(`body [${name}]`))
      if (!elsewhere(node) && node.getAttribute(name).trim())
        said.push(node.getAttribute(name).trim());
  return said;
}
"""
_TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const inside = node => {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX))
        return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter(
    node => node.getBoundingClientRect().right > room + 1 && !inside(node));
  return ['wider than the window: ' + document.documentElement.scrollWidth,
    ...wide.slice(-3).map(node => node.outerHTML.slice(0, 160))];
}
"""
_RUN = """
async ([tags, rules, without]) => {
  const only = rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
  const found = await axe.run(document, {runOnly: only, resultTypes: ['violations'],
    rules: Object.fromEntries(without.map(name => [name, {enabled: false}]))});
  return found.violations.flatMap(one => one.nodes.slice(0, 3).map(
    node => `${one.id}: ${node.html.slice(0, 200)} (${node.failureSummary
      .split('\\n').slice(1, 3).map(line => line.trim()).join('; ')})`));
}
"""


class Watch:
    """Hears what a page complains of, and whom it calls."""

    def __init__(self, page: Page, base: str) -> None:
        self.host = urlsplit(base).netloc
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda problem: self.heard.append(f"error: {problem}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self.host:
            self.heard.append(f"called {request.url}")

    def told(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard


def axe(
    page: Page, rules: list[str] | None = None, *, without: Sequence[str] = ()
) -> list[str]:
    """Violations of the WCAG 2.2 AA rules, of some rules only, or of all but some."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    return list(page.evaluate(_RUN, [TAGS, rules, list(without)]))


def axe_by_night(page: Page) -> list[str]:
    """What the dark colors do to the page that is open; light again afterwards."""
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {one}" for one in axe(page, COLORS)]
    page.emulate_media(color_scheme="light")
    return found


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways in the window as it is."""
    return list(page.evaluate(_TOO_WIDE))


def said(page: Page) -> list[str]:
    """Everything that the page says in its own language."""
    return list(page.evaluate(_SAID))


def left_over(
    page: Page, language: str, names: re.Pattern[str] | None = None
) -> list[str]:
    """What the page says in the other language without marking it so.

    `names` are said alike in every language, such as the title of a section.
    """
    foreign = WORDS[OTHER[language]]
    return [
        f"not {language}: {text[:120]!r}"
        for text in said(page)
        if foreign & set(_words(names.sub("", text) if names else text))
    ]


def _words(text: str) -> Iterator[str]:
    for word in text.lower().split():
        bare = word.strip(".,;:!?()[]“”\"'«»·…–-")
        if bare:
            yield bare
