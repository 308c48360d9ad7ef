"""Functions as those see them who run them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from jsonschema.exceptions import best_match

from apps.access import services as access
from apps.access.services import Actor
from apps.common.errors import Invalid
from apps.common.json_schema import errors_in
from apps.flows.actions.compute_bodies import Call
from apps.flows.errors import NoSuchFunction
from apps.flows.models import Function
from apps.flows.places import places_in


def function_for(text: str, *, actor: Actor, place: str = "") -> Function:
    """The function of this id or name.

    Raises:
        NoSuchFunction: there is none that the actor may run.
    """
    try:
        named = Q(pk=UUID(text)) | Q(name=text)
    except ValueError:
        named = Q(name=text)
    found = Function.objects.filter(named, is_enabled=True).first()
    if found is None or not may_run(actor, found):
        raise NoSuchFunction(f"There is no function {text!r} here that you may run.", place=place)
    return found


def may_run(actor: Actor, function: Function) -> bool:
    """Administrators of the portal may run what they registered, and everybody whom a function names."""
    is_administrator = bool(actor and actor.is_authenticated and actor.is_superuser)
    return is_administrator or not access.principals_of(actor).isdisjoint(function.may_run)


def require_arguments(function: Function, call: Call) -> None:
    """
    Raises:
        Invalid: they are not what the function takes.
    """
    if not function.input_schema:
        return
    if call.args:
        raise Invalid(f"{function.name} takes arguments by name alone.", place=f"{call.place}args")
    error = best_match(errors_in(function.input_schema, call.kwargs))
    if error is not None:
        place = ".".join(["kwargs", *map(str, error.absolute_path)])
        raise Invalid(f"{error.message[:300]}.", place=f"{call.place}{place}")
    try:
        places_in(function.input_schema, call.kwargs)
    except Invalid as fault:
        raise Invalid(fault.message, place=f"{call.place}kwargs.{fault.place}") from fault
