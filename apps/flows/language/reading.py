"""A definition is read from its document."""

from __future__ import annotations

from apps.flows.language.checking import errors_of
from apps.flows.language.definition import Definition
from apps.flows.language.finding import InvalidDefinition
from apps.flows.language.machines import definition_of
from apps.flows.language.written import JSON


def read(document: JSON) -> Definition:
    """The definition in ``document``, to be run. Costs some milliseconds: keep what you got, by content.

    Raises:
        InvalidDefinition: there are errors in it.
    """
    if errors := errors_of(document):
        raise InvalidDefinition(errors)
    return definition_of(document)
