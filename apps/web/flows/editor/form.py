"""What the editor sends: what is written in its boxes, and a file that may be taken into one."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.common.errors import Invalid
from apps.common.fields import PLAIN
from apps.flows.language.documents import MOST_BYTES, BadSyntax, parse, text_of, to_yaml
from apps.flows.models import Flow
from apps.web.editors.pages import Asked, Boxes

EMPTY = {"title": "", "text": "", "schema": "", "after": ""}
FILE_INTO = {"file": "text", "file_schema": "schema"}
"""By the button: the box that a file is taken into."""
NO_FILE = "Choose a file first, of JSON or YAML."


class FlowBoxes(Boxes):
    title = forms.CharField(max_length=Flow.LONGEST_TITLE, required=False)
    text = forms.CharField(max_length=MOST_BYTES, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))
    schema = forms.CharField(max_length=MOST_BYTES, required=False, strip=False, widget=forms.Textarea(attrs=PLAIN))


def taken_from(file: UploadedFile[bytes] | None, asked: Asked, box: str) -> dict[str, str]:
    """What is written, with the text of the file in the box. A whole flow, as ``globus flows show`` writes it, fills
    them all.

    Raises:
        Invalid: there is no file, or none that can be read as text.
    """
    if file is None:
        raise Invalid(NO_FILE)
    text = text_of(file.read(MOST_BYTES + 1))
    whole = _flow_in(text) if box == "text" else None
    if whole is None:
        return {**asked, box: text}
    title = asked["title"] or str(whole.get("title") or "")[: Flow.LONGEST_TITLE]
    schema = to_yaml(whole["input_schema"]) if whole.get("input_schema") else ""
    return {**asked, "title": title, "text": to_yaml(whole["definition"]), "schema": schema}


def _flow_in(text: str) -> Mapping[str, object] | None:
    """The document of a flow that the text is, if it is one and no definition."""
    try:
        told = parse(text)
    except BadSyntax:
        return None
    return told if isinstance(told, dict) and "definition" in told and "States" not in told else None
