"""What fields of forms have in common."""

from __future__ import annotations

PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
"""Attributes of a field whose text counts letter by letter: a browser neither completes nor corrects it."""
