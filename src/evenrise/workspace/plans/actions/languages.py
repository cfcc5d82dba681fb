"""Each language keeps its own day; a small correction moves both."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from evenrise.workspace.plans.models.plan import InTwoLanguages


def put_words(
    one: InTwoLanguages, words: Mapping[str, str], *, same_meaning: bool = False
) -> bool:
    """Put texts of both languages; a language that changed is of today.

    Args:
        one: a plan or a rung; it is not saved here.
        words: fields that end with `_en` or `_es`, and their new texts.
        same_meaning: a small correction; the other language need not be looked at.

    Returns:
        Whether any text changed.
    """
    changed = {"en": False, "es": False}
    for name, text in words.items():
        # A browser sends line ends of its own; they are no change.
        told = text.replace("\r\n", "\n").strip()
        if getattr(one, name) != told:
            changed[name[-2:]] = True
            setattr(one, name, told)
    some = any(changed.values())
    if some and same_meaning:
        changed = {"en": True, "es": True}
    now = timezone.now()
    days = {"en": one.en_at, "es": one.es_at}
    for language, other in (("en", "es"), ("es", "en")):
        if not changed[language]:
            continue
        said = getattr(one, f"title_{language}")
        # Words that were missing are taken for a translation of what stands.
        first = days[language] is None and not changed[other]
        at = (days[other] or now) if first else now
        setattr(one, f"{language}_at", at if said else None)
    return some
