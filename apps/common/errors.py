"""The one tree of errors. Apps add their own beneath, in their ``errors.py``; doors turn them into HTTP by one table.

The docstring of a class is its default message and says what to do next.
"""

from __future__ import annotations

from typing import Any


class PortalError(Exception):
    """Something went wrong. Try again, and tell the administrator if it stays."""

    code = "error"

    def __init__(self, message: str = "", *, place: str = "", details: dict[str, Any] | None = None) -> None:
        """``place`` names where in the input the trouble is (a path such as ``facets.0.size``)."""
        self.message = message or " ".join((self.__doc__ or "").split())
        self.place = place
        self.details = details or {}
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Invalid(PortalError):
    """The request is not valid. Correct what the message names and send it again."""

    code = "invalid"


class NotAuthenticated(PortalError):
    """Who you are could not be told. Sign in, or send a valid token as `Authorization: Bearer`."""

    code = "not_authenticated"


class NotAllowed(PortalError):
    """You may not do this. Ask an owner of the resource for a role."""

    code = "not_allowed"


class ConsentRequired(NotAllowed):
    """The token does not allow this. Let the person consent to the required scopes, and get a new token."""

    code = "ConsentRequired"  # the word by which clients of Globus know what to do

    @property
    def requirements(self) -> dict[str, Any]:
        """What clients of Globus read as `authorization_parameters`."""
        return {"session_message": self.message, "required_scopes": self.details.get("required_scopes", [])}


class NotFound(PortalError):
    """There is nothing here that you may see. Check the address, or sign in."""

    code = "not_found"


class Conflict(PortalError):
    """The state of the resource does not allow this now. Look at it and try again."""

    code = "conflict"


class PreconditionFailed(Conflict):
    """The resource is not as the request wants it to be. Look at it and try again."""

    code = "precondition_failed"


class LengthRequired(Invalid):
    """How much will come has to be said beforehand. Send a Content-Length."""

    code = "length_required"


class TooLarge(PortalError):
    """The request is larger than the portal takes. Send it in parts, or as an NDJSON stream."""

    code = "too_large"


class TooMany(PortalError):
    """Too many requests. Wait a little and try again."""

    code = "too_many"


class Unavailable(PortalError):
    """A part of the portal cannot be reached now. Try again in a few seconds."""

    code = "unavailable"
    retry_after_s = 5
