"""What the action-provider protocol promises of each route of a provider, as OpenAPI has it: our own words for it."""

from __future__ import annotations

from typing import Any

URN = {"type": "string", "pattern": "^urn:globus:(auth:identity|groups:id):[0-9a-f-]{36}$"}
SPAN = {"type": "string", "enum": ["P30D", "PT1H", "P1Y2M10DT2H30M"]}
STATUSES = ["ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"]
ERROR = {
    "type": "object",
    "required": ["code", "description"],
    "properties": {"code": {"type": "string", "pattern": "^[A-Z][A-Za-z]+$"}, "description": {"type": "string"}},
}
ACTION = {
    "type": "object",
    "required": ["action_id", "status", "creator_id", "details", "start_time", "release_after"],
    "properties": {
        "action_id": {"type": "string", "format": "uuid"},
        "status": {"enum": STATUSES},
        "display_status": {"type": "string", "minLength": 1, "maxLength": 64},
        "creator_id": URN,
        "label": {"type": "string", "minLength": 1, "maxLength": 64},
        "details": {"type": "object"},
        "start_time": {"type": "string", "format": "date-time"},
        "completion_time": {"type": "string", "format": "date-time"},
        "release_after": {"type": "string", "pattern": "^P"},
        "monitor_by": {"type": "array", "items": URN},
        "manage_by": {"type": "array", "items": URN},
    },
    "additionalProperties": False,
}
PROVIDER = {
    "type": "object",
    "required": [
        *("types", "api_version", "globus_auth_scope", "title", "admin_contact", "synchronous", "log_supported"),
        *("visible_to", "runnable_by", "input_schema", "maximum_deadline"),
    ],
    "properties": {
        "types": {"const": ["ACTION"]},
        "api_version": {"const": "1.0"},
        "globus_auth_scope": {"type": "string", "pattern": "^https://auth.globus.org/scopes/actions.globus.org/"},
        "title": {"type": "string", "minLength": 1, "maxLength": 128},
        "subtitle": {"type": "string", "minLength": 1, "maxLength": 128},
        "description": {"type": "string", "minLength": 1, "maxLength": 4096},
        "keywords": {"type": "array", "items": {"type": "string"}},
        "synchronous": {"type": "boolean"},
        "log_supported": {"type": "boolean"},
        "input_schema": {"type": "object"},
    },
}
LOG = {
    "type": "object",
    "required": ["entries", "limit", "has_next_page"],
    "properties": {
        "entries": {
            "type": "array",
            "items": {"type": "object", "required": ["time", "code", "description", "details"]},
        }
    },
}
_ID = {"name": "action_id", "in": "path", "required": True}


def _answers(*statuses: str, **good: Any) -> dict[str, Any]:
    """Answers by status; those that are told of no document are errors."""
    documents = {**dict.fromkeys(statuses, ERROR), **{status.strip("_"): told for status, told in good.items()}}
    return {
        status: {"description": "as told", "content": {"application/json": {"schema": document}}}
        for status, document in documents.items()
    }


def description_of(name: str, input_schema: Any, action_ids: list[str]) -> dict[str, Any]:
    """The routes of one provider, of which these are actions."""
    at = f"/api/actions/{name}"
    request = {
        "type": "object",
        "required": ["request_id", "body"],
        "properties": {
            "request_id": {"type": "string", "minLength": 1, "maxLength": 60},
            "body": input_schema,
            "label": {"type": "string", "minLength": 1, "maxLength": 64},
            "release_after": SPAN,
            "monitor_by": {"type": "array", "items": {"enum": []}, "maxItems": 0},
        },
        "additionalProperties": False,
    }
    run = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": request}}},
        "responses": _answers("400", "401", "409", "413", "415", "422", _200=ACTION, _202=ACTION),
    }
    one = {"parameters": [{**_ID, "schema": {"type": "string", "enum": action_ids}}]}
    look = {"responses": _answers("401", "404", _200=ACTION)}
    log = {"responses": _answers("401", "404", _200=LOG)}
    steer = {"responses": _answers("400", "401", "403", "404", "409", "415", _200=ACTION)}
    listed = {
        "parameters": [{"name": word, "in": "query", "schema": {"type": "string"}} for word in ("roles", "status")],
        "responses": _answers("401", _200={"type": "array", "items": ACTION}),
    }
    whole: dict[str, Any] = {
        f"{at}/": {"get": {"security": [], "responses": _answers("401", _200=PROVIDER)}},
        f"{at}/run": {"post": run},
        f"{at}/actions": {"post": run, "get": listed},
        f"{at}/{{action_id}}/status": {**one, "get": look},
        f"{at}/{{action_id}}/log": {**one, "get": log},
        f"{at}/actions/{{action_id}}/log": {**one, "get": log},
        f"{at}/actions/{{action_id}}": {**one, "get": look, "delete": steer},
    }
    for what in ("cancel", "resume", "release"):
        whole[f"{at}/{{action_id}}/{what}"] = {**one, "post": steer}
        whole[f"{at}/actions/{{action_id}}/{what}"] = {**one, "post": steer}
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1.0"},
        "paths": whole,
        "security": [{"bearer": []}],
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
