"""DataCite's own library for Python, told apart what refuses from what is away.

It takes each answer but six for a fault of the server, 422 among them, by which DataCite says what is wrong with
metadata: who waits for that to pass waits in vain. And what is no answer of DataCite's at all (a page of a proxy) it
takes for one.
"""

from __future__ import annotations

from typing import Any

from datacite import DataCiteRESTClient
from datacite.errors import DataCiteRequestError, HttpError
from datacite.request import DataCiteRequest

PASSES = {408, 425, 429}
NOT_THERE = 404
"""Also an answer."""


class Client(DataCiteRESTClient):  # type: ignore[misc]  # the library is not typed
    def _create_request(self) -> DataCiteRequest:
        return _Request(base_url=self.api_url, username=self.username, password=self.password, timeout=self.timeout)


class _Request(DataCiteRequest):  # type: ignore[misc]  # see above
    def request(self, *asked: Any, **more: Any) -> Any:  # Any: an answer of the library `requests`
        """
        Raises:
            DataCiteRequestError: it is refused. HttpError: this is no answer.
        """
        answer = super().request(*asked, **more)
        if 400 <= answer.status_code < 500 and answer.status_code not in {*PASSES, NOT_THERE}:
            raise DataCiteRequestError(answer.text)
        if answer.ok and answer.content:
            try:
                answer.json()
            except ValueError as error:
                raise HttpError(f"what answers at {self.base_url} does not speak as DataCite does") from error
        return answer
