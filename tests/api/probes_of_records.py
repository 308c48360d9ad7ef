"""The pages of published versions: one is the team's, one has a part of Alice's, one is not there."""

from __future__ import annotations

from tests.api.probe import RARE, Probe, get, send

NAMES = (RARE, "{teams_record}", "{record}")


def _of(page: str) -> list[Probe]:
    urls = [f"/records/{name}/{page}" for name in NAMES]
    return [*(get(url) for url in urls), *(send("POST", url, {"text": "why not"}) for url in urls)]


FORMATS = ("json", "ris", "jsonld", "linkset")
OF_RECORDS: dict[str, list[Probe]] = {
    "records/<uuid:submission_id>/": _of(""),
    "records/<uuid:submission_id>/v<int:number>/": [
        *_of("v1/"),
        *_of("v2/"),
        *(get(f"/records/{name}/v1/", format=format_) for name in NAMES[1:] for format_ in FORMATS),
    ],
    "records/<uuid:submission_id>/v<int:number>/request/": _of("v1/request/"),
    "records/<uuid:submission_id>/revise/": _of("revise/"),
    "records/<uuid:submission_id>/withdraw/": _of("withdraw/"),
}
