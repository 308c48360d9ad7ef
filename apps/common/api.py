"""What is the same for every view of the API."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.common.errors import NotAuthenticated, NotFound
from apps.common.http import REQUEST_ID_HEADER, ErrorShape, plain_shape, request_id_of


class ApiView(APIView):
    """One resource. A service sets ``error_shape = staticmethod(...)`` on a class of its own and derives from that."""

    error_shape: ClassVar[ErrorShape] = staticmethod(plain_shape)

    @property
    def request_id(self) -> str:
        return request_id_of(self.request)

    @property
    def caller(self) -> Any:
        """Who asks; None is nobody. (Any: the model of people stands above this app.)"""
        return self.request.user

    def require_caller(self) -> Any:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        if self.caller is None:
            raise NotAuthenticated
        return self.caller

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Name the request, and let no cache keep an answer that is for this caller, as of now."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault(REQUEST_ID_HEADER, request_id_of(request))
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


class NoSuchRoute(ApiView):
    """Answers what no route of a service takes, in the service's shape. It stands last among the service's URLs."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotFound(f"There is no {request.path[:200]}. Check the address against the API's description.")
