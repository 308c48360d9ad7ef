"""What is the same for every view of the API."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, ClassVar, NoReturn, Protocol

from django.urls import URLPattern, re_path
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.common.errors import ConsentRequired, LengthRequired, NotAuthenticated, NotFound, TooLarge
from apps.common.http import REQUEST_ID_HEADER, ErrorShape, is_chunked, plain_shape, request_id_of


class Pass(Protocol):
    """What a program showed. ``resource_server`` is where it is good ("" is everywhere), ``scopes`` what it allows."""

    @property
    def resource_server(self) -> str: ...
    @property
    def scopes(self) -> Set[str]: ...


class ApiView(APIView):
    """One resource. A service sets ``error_shape = staticmethod(...)`` on a class of its own and derives from that.

    ``resource_server`` is the service's name to the authorization server. A token must allow one of
    ``scopes_to_read``, or of ``scopes_to_write`` for a method that is not in ``reads``. Browsers and personal tokens
    may do whatever their person may.
    """

    error_shape: ClassVar[ErrorShape] = staticmethod(plain_shape)
    resource_server: ClassVar[str]
    scopes_to_read: ClassVar[tuple[str, ...]] = ()
    scopes_to_write: ClassVar[tuple[str, ...]] = ()
    reads: ClassVar[frozenset[str]] = frozenset({"GET", "HEAD", "OPTIONS"})
    most_body: ClassVar[int | None] = None
    """So many bytes, if the view says how many, are taken at once."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """
        Raises:
            LengthRequired: the body comes in chunks, and would be taken for an empty one.
            TooLarge: the body is, by what it says of its length.
        """
        super().initial(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if self.most_body is not None and length.isdecimal() and int(length) > self.most_body:
            raise TooLarge(f"At most {self.most_body >> 20} MiB are taken at once. Put what is large into files.")
        if is_chunked(request) and not self.takes_chunks(request):
            raise LengthRequired("Send the body with its length (Content-Length), and not in chunks.")

    def takes_chunks(self, _request: Request) -> bool:
        """A view that reads the stream itself may."""
        return False

    @property
    def shown(self) -> Pass | None:
        """What the caller's program showed; None for a browser and for nobody."""
        return self.request.auth  # type: ignore[return-value]  # REST framework's stubs know its own token alone

    def check_permissions(self, request: Request) -> None:
        """
        Raises:
            NotAuthenticated: the token is one for another service.
            ConsentRequired: it does not allow this.
        """
        super().check_permissions(request)
        shown = self.shown
        if shown is None or not shown.resource_server:
            return
        if shown.resource_server != self.resource_server:
            raise NotAuthenticated(f"The token is not for this service. Get one for {self.resource_server}.")
        enough = self.scopes_to_read if request.method in self.reads else self.scopes_to_write
        if enough and shown.scopes.isdisjoint(enough):
            raise ConsentRequired(details={"required_scopes": [enough[0]]})

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
    """Answers what no route of a service takes, in the service's shape. Its ``route`` stands last."""

    @classmethod
    def route(cls) -> URLPattern:
        """Whatever is left: what no other takes, such as a line break, too."""
        return re_path("^", cls.as_view())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotFound(f"There is no {request.path[:200]}. Check the address against the API's description.")
