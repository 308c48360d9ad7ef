"""Flows as they are made and changed (F1, F5), and definitions that are only looked at (F3)."""

from __future__ import annotations

from typing import Any

from apps.access.types import PrincipalKind
from apps.common.parsing import uuid_in
from apps.flows.forms.document import PEOPLE, PERSON, Document
from apps.flows.models import Flow
from apps.flows.services import FlowChanges

LONGEST_SUBTITLE = 128
LONGEST_DESCRIPTION = 4096
MOST_KEYWORDS, LONGEST_KEYWORDS = 1024, 1024
"""Keywords have 1,024 signs together."""
_ROLES = {
    "flow_viewers": ("viewer", (*PEOPLE, PrincipalKind.PUBLIC)),
    "flow_starters": ("starter", (*PEOPLE, PrincipalKind.ALL_AUTHENTICATED)),
    "flow_administrators": ("administrator", PEOPLE),
    "run_managers": ("run_manager", PEOPLE),
    "run_monitors": ("run_monitor", PEOPLE),
}
_FIELDS = {"title", "subtitle", "description", "keywords", "definition", "input_schema", "flow_owner", *_ROLES}
_UNUSED = {"subscription_id", "authentication_policy_id"}
_TOLD_ONLY = {
    *("id", "DELETED", "action_url", "administered_by", "api_version", "created_at", "created_by", "deleted_at"),
    *("flow_url", "globus_auth_scope", "globus_auth_scopes_by_RunAs", "globus_auth_username", "is_high_assurance"),
    *("log_supported", "principal_urn", "runnable_by", "synchronous", "types", "updated_at", "user_role"),
    *("user_roles", "visible_to"),
}
"""What documents of flows say besides: a document that was read may be sent back."""


def new_flow(told: Any) -> FlowChanges:  # Any: JSON
    """
    Raises:
        Unprocessable: the document is not one of a flow.
    """
    document = _document(told)
    return _changes(document, is_new=True)


def flow_changes(told: Any) -> FlowChanges:
    """
    Raises:
        Unprocessable: see ``new_flow``.
    """
    return _changes(_document(told), is_new=False)


def asked_to_check(told: Any) -> tuple[Any, Any]:
    """A definition and its input schema, which may be anything at all.

    Raises:
        Unprocessable: there is no definition.
    """
    document = Document(told)
    document.known({"definition", "input_schema"})
    document.object("definition", is_required=True)
    document.require_right()
    return document.value("definition"), document.value("input_schema")


def _document(told: Any) -> Document:
    document = Document(told)
    document.known(_FIELDS | _UNUSED | _TOLD_ONLY)
    return document


def _changes(document: Document, *, is_new: bool) -> FlowChanges:
    changes = FlowChanges(
        title=document.text("title", most=Flow.LONGEST_TITLE, is_required=is_new or document.says("title")),
        subtitle=document.text("subtitle", most=LONGEST_SUBTITLE),
        description=document.text("description", most=LONGEST_DESCRIPTION),
        keywords=_keywords(document),
        definition=document.object("definition", is_required=is_new),
        input_schema=document.object("input_schema"),
        roles=_roles(document, is_new=is_new),
    )
    _unused(document)
    document.require_right()
    return changes


def _keywords(document: Document) -> list[str] | None:
    words = document.texts("keywords", most=MOST_KEYWORDS, longest=LONGEST_KEYWORDS)
    if sum(map(len, words or [])) > LONGEST_KEYWORDS:
        document.fault(f"Write at most {LONGEST_KEYWORDS:,} signs of keywords.", "keywords")
    return words


def _roles(document: Document, *, is_new: bool) -> dict[str, list[str]]:
    roles = {role: document.principals(name, kinds) for name, (role, kinds) in _ROLES.items()}
    owner = None if is_new else document.principal("flow_owner", PERSON)
    told = {role: principals for role, principals in roles.items() if principals is not None}
    return told | ({"owner": [owner]} if owner else {})


def _unused(document: Document) -> None:
    """Every flow here is as one with a subscription, so that it does not matter which one is named.

    A policy asks all who come near the flow for a second factor, or to have signed in of late. There are none here, and
    a flow that was taken without its policy would be open where its owner believes it closed: to name one is an error,
    as an unknown one is to the hosted service, which also lets none be added to a flow later. ``null`` is no policy,
    which each flow here has.
    """
    if document.value("subscription_id") != "DEFAULT":
        document.read("subscription_id", uuid_in)
    if document.says("authentication_policy_id"):
        message = "There are no authentication policies here that people could be held to. Leave it out, or send null; "
        document.fault(f"{message}roles say who may do what.", "authentication_policy_id")
