"""A choice among hundreds: a select whose options are joined in one go.

Django renders a template for each option, which is most of a page's time where a
thousand adults may be chosen.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


_CHOSEN = mark_safe(" selected")


class LongSelect(forms.Select):
    """As Django's select, for one list of choices without groups."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - Django hands it over
    ) -> SafeString:
        """The select with its options; everything is escaped."""
        chosen = set(self.format_value(value))
        told = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        if self.allow_multiple_selected:
            told["multiple"] = True
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, _CHOSEN if str(code) in chosen else "", label)
                for code, label in self.choices
            ),
        )
        return format_html("<select{}>{}</select>", flatatt(told), options)


class LongSelectMultiple(LongSelect, forms.SelectMultiple):
    """Several choices among hundreds."""
