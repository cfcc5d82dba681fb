"""How forms are written on our pages: label, hint, error and field, in this order.

`FORM_RENDERER` names the class; the templates stand among the parts of a page.
"""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PageForms(TemplatesSetting):
    """Django's own widgets in our fields, with a summary of what went wrong on top."""

    form_template_name = "foundation/parts/form.html"
    field_template_name = "foundation/parts/field.html"
