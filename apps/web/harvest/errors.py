"""What can be wrong with a harvester's request, by the protocol's own names."""

from __future__ import annotations


class ProtocolError(Exception):
    """``code`` is one of OAI-PMH's; it is answered in the document, with HTTP's 200."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def bad_argument(message: str) -> ProtocolError:
    return ProtocolError("badArgument", message)
