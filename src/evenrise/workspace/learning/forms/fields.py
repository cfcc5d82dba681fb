"""What forms of adults who learn together share: a longer text."""

from __future__ import annotations

from django import forms


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})
