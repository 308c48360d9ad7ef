"""The description of the API, for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish.api.base import PublishView
from apps.publish.api.schema import description

METHODS = ("get", "post", "put", "patch", "delete")


class Description(PublishView):
    """The description itself. It is the same for everybody, and tells nothing of anybody."""

    schema = None  # it describes the others

    def get(self, request: Request) -> Response:
        return Response(description())


class ApiPage(PublishView):
    """A page made from it."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        told = {
            "introduction": _plain(description()["info"]["description"]),
            "operations": list(_operations()),
            "schemas": list(_schemas()),
        }
        return render(request._request, "publish/api.html", told)


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or answered. ``schema`` is the name of one that the page shows further down, or ""."""

    label: str
    words: str
    schema: str


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    address: str
    words: str
    parameters: list[dict[str, Any]]
    asks: list[Body]
    answers: list[Body]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    words: str
    text: str


def _operations() -> Iterator[Operation]:
    for address, methods in description()["paths"].items():
        for method in METHODS:
            if one := methods.get(method):
                yield Operation(
                    one["operationId"],
                    method.upper(),
                    address,
                    _plain(one.get("description", "")),
                    one.get("parameters", []),
                    _bodies(one.get("requestBody", {}).get("content", {})),
                    [_answer(status, told) for status, told in one["responses"].items()],
                )


def _bodies(content: dict[str, Any]) -> list[Body]:
    return [Body(kind, "", _name(one["schema"])) for kind, one in content.items()]


def _answer(status: str, told: dict[str, Any]) -> Body:
    content = list(told.get("content", {}).values())
    return Body(status, _plain(told.get("description", "")), _name(content[0]["schema"]) if content else "")


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _plain(text: str) -> str:
    """Without the marks of Markdown, in one line."""
    return " ".join(text.replace("`", "").split())


def _schemas() -> Iterator[Shape]:
    for name, told in description()["components"]["schemas"].items():
        shown = {key: one for key, one in told.items() if key != "description"}
        text = json.dumps(shown, indent=2, ensure_ascii=False)
        yield Shape(name, _plain(told.get("description", "")), text)
