"""The sample's form: runs go to the index of runs and into the archive; the group submits, Charlie reviews."""

from __future__ import annotations

from apps.access.types import PUBLIC
from apps.accounts.models import User
from apps.publish import services as publish
from apps.publish.models import Form
from apps.publish.services import FormChanges
from apps.publish.types import AUTHORS
from apps.search import services as search
from apps.web.sample.places import ARCHIVE

BUILTIN = "serial_crystallography"
INDEX = "ssx"


def open_form(*, publisher: User, group: str, reviewer: str) -> None:
    """Open the shipped form, if it is installed; one that is set up or deleted is left as it is."""
    form = next((one for one in publish.find_forms(actor=publisher) if one.builtin == BUILTIN), None)
    if form is None or publish.document_of(form).index:
        return
    told = FormChanges(
        document=_document(form, publisher, group),
        roles={"submitter": [group], "reviewer": [reviewer]},
        is_open=True,
        note="Set up for the sample",
    )
    publish.change_form(form=form, actor=publisher, told=told)


def _document(form: Form, publisher: User, group: str) -> dict[str, object]:
    assert form.version is not None  # every form has one
    choices = [
        {"name": "public", "title": "Everyone", "visible_to": [PUBLIC]},
        {"name": "group", "title": "The beamline's group", "visible_to": [group]},
        {"name": "authors", "title": "Only the authors", "visible_to": [AUTHORS]},
    ]
    index = search.get_index(name=INDEX, actor=publisher)
    return {
        **form.version.document,
        "index": str(index.pk),
        "collection": str(ARCHIVE),
        "visibility": {"choices": choices, "may_embargo": True},
    }
