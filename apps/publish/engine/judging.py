"""Whether what is filled in is what the form asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from apps.common.json_schema import errors_in
from apps.common.places import pointer_to
from apps.publish.models import Submission
from apps.publish.types import Fault, FormDocument

MOST_FAULTS = 200


def faults_in(submission: Submission, document: FormDocument, now: datetime) -> list[Fault]:
    """All that keeps the author from sending it in, by JSON pointers into what is filled in; files and who may see it
    are ``/files`` and ``/visibility``."""
    typed = [Fault(pointer, f"“{str(text)[:100]}” cannot be read here.") for pointer, text in submission.typed.items()]
    known = {one.pointer for one in typed}
    told = [one for one in _of_content(document.schema, submission.content) if one.pointer not in known]
    return [*typed, *told, *_of_files(submission, document), *_of_visibility(submission, document, now)][:MOST_FAULTS]


def _of_content(schema: Mapping[str, Any], content: Any) -> Iterator[Fault]:
    for error in errors_in(schema, content):
        yield from _fault(error)


def _fault(error: ValidationError) -> Iterator[Fault]:
    """One for each member that is missing: the library tells of the object."""
    place = pointer_to("", *error.absolute_path)
    if error.validator == "required":
        instance, names = cast("Any", error.instance), cast("list[str]", error.validator_value)
        missing = [name for name in names if name not in instance]
        yield from (Fault(pointer_to(place, name), "This is required.") for name in missing)
        return
    yield Fault(place, f"{error.message[:300]}.")


def _of_files(submission: Submission, document: FormDocument) -> Iterator[Fault]:
    if document.needs_files and not submission.files_json and submission.number == 1:
        yield Fault("/files", "Choose the files that are to be published.")
    taken: set[str] = set()
    for one in submission.files:
        if one.path.name in taken:
            yield Fault("/files", f"Two of the files are called “{one.path.name}”. Rename one, or choose its folder.")
        taken.add(one.path.name)


def _of_visibility(submission: Submission, document: FormDocument, now: datetime) -> Iterator[Fault]:
    wanted = submission.wanted
    if document.choice(wanted.choice) is None:
        yield Fault("/visibility", "Choose who will see it.")
    if not wanted.embargo:
        return
    if not document.may_embargo:
        yield Fault("/visibility", "This form knows no embargo. Leave the day out.")
        return
    try:
        day = date.fromisoformat(wanted.embargo)
    except ValueError:
        yield Fault("/visibility", f"“{wanted.embargo[:40]}” is no day. Write it as 2027-01-31.")
        return
    if day <= now.date():
        yield Fault("/visibility", "The day on which the embargo lifts has to come yet.")
