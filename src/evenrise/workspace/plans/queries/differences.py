"""What changed between two editions, or an edition and the work, ready for a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import PlanContent, read_content
from evenrise.workspace.plans.content_said import (
    Reader,
    field_words,
    said_in,
    shown_parts,
    without_language,
)
from evenrise.workspace.plans.differing import (
    FieldDifference,
    PartDifference,
    Piece,
    RungDifference,
    What,
    difference,
    pieces,
)
from evenrise.workspace.plans.models import Edition, Plan
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.said import Words


WORK = "work"  # the plan as people work on it, in an address
_PLAIN = (
    *("department", "person", "begins_on", "ends_on", "depends"),
    *("serves", "lcff", "contributing", "service"),
)


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field: what it is called, its language, and both values as one text."""

    label: str
    lang: str  # of the text; blank: the page's own
    html: SafeString


@dataclass(frozen=True, slots=True)
class RungChange:
    """One rung that changed."""

    counted: str
    title: Words
    what: str  # a word: new, changed, moved, gone
    code: str
    moved: str  # from where to where; blank where it stayed
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Everything that differs, in words."""

    before: str  # what it is called
    after: str
    answer: str
    head: tuple[FieldShown, ...]
    rungs: tuple[RungChange, ...]
    left_out: int = 0  # rungs that differ and are not among these


def content_at(plan: Plan, at: str) -> PlanContent | None:
    """The content of an edition (by its number) or of the plan in work."""
    if at == WORK:
        return content_of(plan).as_promised()
    if not (at.isascii() and at.isdigit() and len(at) < 7):
        return None
    found = Edition.objects.filter(plan=plan, number=int(at)).first()
    return read_content(bytes(found.content)) if found else None


def called(at: str) -> str:
    """What an edition, or the work, is called."""
    return _("the plan in work") if at == WORK else _("edition %(n)s") % {"n": at}


def difference_page(
    plan: Plan, before: str, after: str, language: Language
) -> DifferencePage | None:
    """What `after` says otherwise; None where one of them is not there.

    Args:
        plan: whose editions.
        before: the earlier one's number, or `work`.
        after: the later one's.
        language: of the reader; texts are shown in both languages.
    """
    was, now = content_at(plan, before), content_at(plan, after)
    if was is None or now is None:
        return None
    return difference_shown(was, now, language, called(before), called(after))


def difference_shown(
    was: PlanContent,
    now: PlanContent,
    language: Language,
    before: str = "",
    after: str = "",
    most: int | None = None,
) -> DifferencePage:
    """What `now` says otherwise than `was`, in words.

    Args:
        was: the earlier content.
        now: the later one.
        language: of the reader; texts are shown in both languages.
        before: what the earlier one is called.
        after: what the later one is called.
        most: how many rungs are put in words; all where it is not said.
    """
    found = difference(was, now)
    readers = Reader(was, language), Reader(now, language)
    counts = [found.count(what) for what in What]
    return DifferencePage(
        before=before,
        after=after,
        answer=_answer(dict(zip(What, counts, strict=True)), head=bool(found.head)),
        head=tuple(_field(one, readers) for one in found.head),
        rungs=tuple(_change(one, readers) for one in found.rungs[:most]),
        left_out=len(found.rungs) - len(found.rungs[:most]),
    )


def _answer(counts: dict[What, int], *, head: bool) -> str:
    if not any(counts.values()):
        return _("The plan's own words changed.") if head else _("Nothing changed.")
    told = {
        What.NEW: ngettext(
            "%(n)s part is new", "%(n)s parts are new", counts[What.NEW]
        ),
        What.CHANGED: ngettext("%(n)s changed", "%(n)s changed", counts[What.CHANGED]),
        What.MOVED: ngettext(
            "%(n)s stands elsewhere", "%(n)s stand elsewhere", counts[What.MOVED]
        ),
        What.GONE: ngettext("%(n)s is gone", "%(n)s are gone", counts[What.GONE]),
    }
    parts = [
        words % {"n": counts[what]} for what, words in told.items() if counts[what]
    ]
    return ", ".join(parts) + "."


def _change(one: RungDifference, readers: tuple[Reader, Reader]) -> RungChange:
    was, now = readers
    reader = was if one.after is None else now
    words = {
        What.NEW: _("new"),
        What.CHANGED: _("changed"),
        What.MOVED: _("stands elsewhere"),
        What.GONE: _("gone"),
    }
    if one.what in {What.NEW, What.GONE}:
        fields = tuple(_whole(one, reader))
    else:
        fields = (
            *(_field(field, readers) for field in one.fields),
            *(_part(part, readers) for part in one.parts),
        )
    return RungChange(
        counted=reader.counted(one.rung),
        title=said_in(one.rung, "title", reader.language),
        what=words[one.what],
        code=str(one.what),
        moved=_moved(one, readers) if one.moved else "",
        fields=fields,
    )


def _moved(one: RungDifference, readers: tuple[Reader, Reader]) -> str:
    was, now = readers
    if one.before is None or one.after is None:
        return ""
    return _("was %(before)s, is %(after)s") % {
        "before": was.counted(one.before),
        "after": now.counted(one.after),
    }


def _whole(one: RungDifference, reader: Reader) -> list[FieldShown]:
    """All that a new rung says, or a gone one said."""
    gone = one.what is What.GONE
    found = []
    for name in ("title", "text", "theory", "done"):
        for language in ("en", "es"):
            told = getattr(one.rung, f"{name}_{language}")
            if told:
                found.append(_shown(f"{name}_{language}", told, gone=gone))
    for name in _PLAIN:
        told = reader.value(name, getattr(one.rung, name))
        if told:
            found.append(_shown(name, told, gone=gone))
    found += [
        FieldShown(label, "", marked("" if not gone else told, "" if gone else told))
        for label, told in shown_parts(reader, one.rung)
    ]
    return found


def _shown(name: str, told: str, *, gone: bool) -> FieldShown:
    both = (told, "") if gone else ("", told)
    plain, language = without_language(name)
    return FieldShown(_label(plain, language), language, marked(*both))


def _label(name: str, language: str) -> str:
    told = field_words(name)
    if not language:
        return told
    words = _("in English") if language == "en" else _("in Spanish")
    return f"{told}, {words}"


def _field(one: FieldDifference, readers: tuple[Reader, Reader]) -> FieldShown:
    name, language = without_language(one.name)
    if language:
        html = marked(one.before, one.after)
    else:
        was, now = readers
        html = _whole_values(was.value(name, one.before), now.value(name, one.after))
    return FieldShown(_label(name, language), language, html)


def _part(one: PartDifference, readers: tuple[Reader, Reader]) -> FieldShown:
    was, now = readers
    ways = {"measures": "measure", "budget": "line", "links": "link"}
    before = getattr(was, ways[one.name])(one.before) if one.before else ""
    after = getattr(now, ways[one.name])(one.after) if one.after else ""
    return FieldShown(field_words(one.name), "", marked(before, after))


def _whole_values(before: str, after: str) -> SafeString:
    """Two values that are no prose: the one out, the other in."""
    both = ((Piece.OUT, before), (Piece.IN, after))
    return _html([(piece, text) for piece, text in both if text])


def marked(before: str, after: str) -> SafeString:
    """Two texts as one, word by word, with what went out and what came in marked."""
    return _html(pieces(before, after))


def _html(found: object) -> SafeString:
    words = {Piece.OUT: _("taken out:"), Piece.IN: _("put in:")}
    tags = {Piece.OUT: "del", Piece.IN: "ins"}
    told: list[tuple[SafeString]] = []
    for piece, text in found:  # type: ignore[attr-defined]
        if piece is Piece.SAME:
            told.append((format_html("{}", text),))
            continue
        tag = tags[piece]
        told.append(
            (
                format_html(
                    '<{} class="piece"><span class="hush">[{} </span>{}'
                    '<span class="hush">]</span></{}>',
                    tag,
                    words[piece],
                    text,
                    tag,
                ),
            )
        )
    return format_html_join("", "{}", told)
