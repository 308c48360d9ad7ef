"""One question of a curious caller."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

RARE = "00000000-0000-4000-8000-00000000dead"


@dataclass(frozen=True)
class Probe:
    method: str
    url: str
    body: str = ""
    kind: str = "application/json"

    @property
    def is_writing(self) -> bool:
        is_question = self.url.partition("?")[0].endswith(("/search", "/scroll"))
        return self.method != "GET" and not is_question

    def tells(self, secret: str) -> bool:
        """Whether the caller says the word, so that an answer may say it too."""
        return secret.lower() in (self.url + self.body).lower()


def get(url: str, *, bare: bool = True, **parameters: object) -> Probe:
    return Probe("GET", f"{url}?{urlencode(parameters, doseq=True)}" if parameters else url)


def send(method: str, url: str, body: object = None) -> Probe:
    return Probe(method, url, "" if body is None else json.dumps(body))
