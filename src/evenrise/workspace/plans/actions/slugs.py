"""A free word for the address of something that was just given a title."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.db import models
from django.utils.text import slugify


_LONGEST = 60  # letters, before a number is added


def free_slug(
    there: models.Manager[Any], title: str, usual: str, taken: Container[str]
) -> str:
    """The title as an address, with a number where others have it already.

    Args:
        there: those that have a `slug` already.
        title: in any language.
        usual: what it begins with where the title has no letter for an address.
        taken: words with which addresses of the room begin.
    """
    begins = slugify(title)[:_LONGEST].strip("-") or usual
    alike = there.filter(slug__startswith=begins)
    used = set(alike.values_list("slug", flat=True))
    found, number = begins, 2
    while found in used or found in taken:
        found, number = f"{begins}-{number}", number + 1
    return found
