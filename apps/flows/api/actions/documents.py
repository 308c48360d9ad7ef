"""What clients of action providers read: of providers, of actions, of their logs."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from apps.common.durations import duration_text
from apps.flows import engine
from apps.flows import services as flows
from apps.flows.actions import Provider
from apps.flows.language.scopes import HOSTS
from apps.flows.models import Action

Document = dict[str, Any]
_HOSTED = HOSTS[0]


def scopes_for(provider: Provider) -> tuple[str, ...]:
    """Its own scope first, then those of the hosted providers that it stands for."""
    hosted = (url.removeprefix(_HOSTED) for url in provider.aliases if url.startswith(_HOSTED))
    return tuple(dict.fromkeys(map(flows.scope_of_provider, (provider.name, *hosted))))


def provider_document(provider: Provider) -> Document:
    """P1."""
    told = {
        "types": ["ACTION"],
        "api_version": "1.0",
        "globus_auth_scope": flows.scope_of_provider(provider.name),
        "title": provider.title,
        "subtitle": provider.subtitle,
        "description": provider.description,
        "keywords": list(provider.keywords),
        "visible_to": ["public"],
        "runnable_by": ["all_authenticated_users"],
        "administered_by": [],
        "admin_contact": settings.DEFAULT_FROM_EMAIL,
        "synchronous": provider.is_synchronous,
        "log_supported": True,
        "maximum_deadline": duration_text(settings.LONGEST_RUN_DAYS * 86_400),
        "input_schema": provider.input_schema,
        "event_types": [],
    }
    return {name: value for name, value in told.items() if value != ""}


def action_document(action: Action) -> Document:
    """The status of an action. What is not known is left out: the protocol has no nulls."""
    told = {name: value for name, value in engine.document_of(action).items() if value is not None}
    return {**told, "details": action.details if isinstance(action.details, dict) else {"result": action.details}}


def log_document(action: Action) -> Document:
    """P7: from what is written down of the action."""
    entries = [_entry(action.started_at, "ActionStarted", "The action was asked for")]
    if action.cancel_at is not None:
        entries.append(_entry(action.cancel_at, "ActionCanceled", "The action was to be canceled"))
    if action.completed_at is not None:
        said = action.display_status or action.get_status_display()
        code = f"Action{action.get_status_display()}"
        entries.append(_entry(action.completed_at, code, said, {"details": action.details}))
    return {"entries": entries, "limit": len(entries), "has_next_page": False, "marker": None}


def _entry(at: Any, code: str, description: str, details: Document | None = None) -> Document:
    return {"time": at.isoformat(), "code": code, "description": description, "details": details or {}}
