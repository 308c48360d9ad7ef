"""The description of the API, in OpenAPI 3.1: made from what the views say of themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import include, path
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator

ROOT = "/api/publish/"
_INTRODUCTION = """Everything that the pages of forms and submissions do. A submission is a draft until it is sent in;
who saves it says which revision they saw, and a draft is kept valid or not: its faults, and the plan, say what keeps it
from being published. A failure says why in `message`; `faults` name all that is wrong with a document, by JSON pointer.
A token is good for looking (scope `view`), for writing and publishing (`manage`), for deciding (`review`), for making
and changing forms (`forms`), or for all of it (`all`).
"""


class _Bearer(OpenApiAuthenticationExtension):
    target_class = "apps.accounts.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An access token with a scope of publishing, or a token of your own (Account, Tokens).",
        }


class _Session(OpenApiAuthenticationExtension):
    target_class = "apps.accounts.authentication.Session"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class _Strict(OpenApiSerializerExtension):
    target_class = "apps.publish.forms.base.Document"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        told = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**told, "additionalProperties": False}


@cache
def description() -> dict[str, Any]:
    routes = [path(ROOT.lstrip("/"), include("apps.publish.api.urls"))]
    told: dict[str, Any] = SchemaGenerator(patterns=routes).get_schema(request=None, public=True)
    told["openapi"] = "3.1.0"
    told["info"] = {"title": "Vitrine: publishing", "version": "1", "description": " ".join(_INTRODUCTION.split())}
    return told
