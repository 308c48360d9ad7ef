"""What a state sees when its paths, expressions and rules are evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.flows.language.dialect import Dialect


@dataclass(frozen=True)
class Scene:
    """The values that a state may speak of. Nobody changes them."""

    data: Any
    """What ``$`` is."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What ``$$`` is."""
    run: Mapping[str, Any] = field(default_factory=dict)
    """What ``$._context`` is, in the dialect of Globus."""
    dialect: Dialect = Dialect.GLOBUS
    variables: Mapping[str, Any] = field(default_factory=dict)
    """What ``$name`` is: assigned by ``Assign``, in the Amazon States Language."""
