"""``{% icon "search" %}`` in any template: an icon of ``static/icons.svg``."""

from __future__ import annotations

from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """``size`` is large or huge, else that of the text."""
    kind = f"icon {size}".rstrip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, static("icons.svg"), name)
