"""XML that is well formed whatever the data hold.

Names are written as they are told, prefixes and ``xmlns`` included: documents of several schemas within one another
then look as their readers know them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, indent, tostring

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, text: str = "", attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    made = Element(name, {key: clean(value) for key, value in (attributes or {}).items()})
    made.text = clean(text) or None
    made.extend(children)
    return made


def document(root: Element) -> str:
    indent(root)
    return HEAD + tostring(root, encoding="unicode") + "\n"


def clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", text)
