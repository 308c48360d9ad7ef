"""What can go wrong with triggers."""

from __future__ import annotations

from apps.common.errors import Invalid, NotFound


class InvalidTrigger(Invalid):
    """This is no trigger."""

    code = "invalid_trigger"


class InvalidTemplate(Invalid):
    """The template of the input cannot be filled in."""

    code = "invalid_template"


class NoSuchTrigger(NotFound):
    """There is no trigger with this id, or none of yours."""

    code = "no_such_trigger"
