"""How clients of Globus Auth read errors."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apps.common.errors import ConsentRequired, PortalError


def auth_error(error: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """``errors[]`` for what is asked about people; ``error`` and ``error_description`` as OAuth has them."""
    told = HTTPStatus(status)
    return {
        **_consent(error),
        "errors": [
            {
                "status": str(status),
                "id": request_id,
                "code": told.name,
                "title": told.phrase,
                "detail": str(error),
            }
        ],
        "error": error.code,
        "error_description": str(error),
    }


def _consent(error: PortalError) -> dict[str, Any]:
    if not isinstance(error, ConsentRequired):
        return {}
    return {"code": error.code, "authorization_parameters": error.requirements}
