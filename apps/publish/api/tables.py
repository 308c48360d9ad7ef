"""Tables that come in: text, read whole, and no more of it than is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from apps.common.errors import Invalid, TooLarge
from apps.publish.services import MOST_BYTES


class CSV(BaseParser):
    """Text of any kind; which one is told by its beginning."""

    media_type = "text/csv"

    def parse(  # type: ignore[override]  # the stubs know of parsed forms and JSON alone
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> str:
        """
        Raises:
            TooLarge: it is more than is taken at once.
            Invalid: it is no UTF-8.
        """
        told: bytes = stream.read(MOST_BYTES + 1)
        if len(told) > MOST_BYTES:
            raise TooLarge(f"At most {MOST_BYTES >> 20} MiB are taken at once. Split the table.")
        try:
            text = told.decode()
        except UnicodeDecodeError as error:
            raise Invalid("The table is no UTF-8. Save it as that.", place="table") from error
        if "\0" in text:
            raise Invalid("There are NUL characters in it. Leave them out.", place="table")
        return text


class JsonLines(CSV):
    media_type = "application/jsonl"


class NdJson(CSV):
    media_type = "application/x-ndjson"
