"""The pages of reviews, and what is asked there by who may know of none."""

from __future__ import annotations

from tests.api.probe import Probe, get, send

ONE = "/publish/review/{draft}/"
OF_REVIEWS: dict[str, list[Probe]] = {
    "publish/review/": [get("/publish/review/")],
    "publish/review/<uuid:submission_id>/": [get(ONE), send("POST", ONE, {"do": "approve"})],
    "publish/review/<uuid:submission_id>/comments/": [send("POST", f"{ONE}comments/", {"text": "umbra"})],
    "publish/review/<uuid:submission_id>/comments/<int:comment_id>/": [send("POST", f"{ONE}comments/{{comment}}/")],
    "publish/review/<uuid:submission_id>/links/": [get(f"{ONE}links/"), send("POST", f"{ONE}links/", {"days": "7"})],
    "publish/review/<uuid:submission_id>/links/<uuid:link_id>/": [send("POST", f"{ONE}links/{{link}}/")],
    "publish/review/<uuid:draft_id>/plan/": [get(f"{ONE}plan/")],
    "publish/referee/<str:secret>/": [get("/publish/referee/zyzzogeton/")],
}
