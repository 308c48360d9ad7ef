"""Bookmarks (X22), in the two forms that clients know: documents with a ``DATA_TYPE``, and JSON:API."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid, PortalError
from apps.common.http import ErrorShape
from apps.common.parsing import id_in
from apps.transfer import forms
from apps.transfer import services as transfer
from apps.transfer.api.base import TransferView
from apps.transfer.errors import NoSuchBookmark
from apps.transfer.forms import documents
from apps.transfer.models import Bookmark


class BookmarkView(TransferView):
    def bookmark(self, bookmark_id: str) -> Bookmark:
        """
        Raises:
            NoSuchBookmark: the caller has none with this id.
        """
        return transfer.get_bookmark(id_in(bookmark_id, NoSuchBookmark), actor=self.user)

    def made(self, told: dict[str, Any], collection_id: Any) -> Bookmark:
        return transfer.add_bookmark(
            actor=self.user,
            name=_name(told),
            collection=self.collection(str(collection_id)),
            path=forms.path_of(told.get("path"), "path"),
        )

    def changed(self, bookmark_id: str, told: dict[str, Any]) -> Bookmark:
        """As far as something is told."""
        return transfer.change_bookmark(
            bookmark=self.bookmark(bookmark_id),
            name=_name(told) if "name" in told else None,
            path=forms.path_of(told.get("path"), "path") if "path" in told else None,
        )


class Bookmarks(BookmarkView):
    def get(self, request: Request) -> Response:
        several = [_document(one) for one in transfer.bookmarks_of(self.user)]
        return Response({"DATA_TYPE": "bookmark_list", "length": len(several), "DATA": several})

    def post(self, request: Request) -> Response:
        asked = self.document("bookmark")
        return Response(_document(self.made(asked, asked.get("endpoint_id"))), status=201)


class OneBookmark(BookmarkView):
    def get(self, request: Request, bookmark_id: str) -> Response:
        return Response(_document(self.bookmark(bookmark_id)))

    def put(self, request: Request, bookmark_id: str) -> Response:
        return Response(_document(self.changed(bookmark_id, self.document("bookmark"))))

    def delete(self, request: Request, bookmark_id: str) -> Response:
        transfer.remove_bookmark(self.bookmark(bookmark_id))
        return self.done("Deleted", "The bookmark was deleted.")


def _in_json_api(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    told = documents.error(problem, status, request_id)
    known = {"status": str(status), "code": told["code"], "detail": told["message"]}
    asked = {name: told[name] for name in ("required_scopes", "authorization_parameters") if name in told}
    return {"errors": [known | asked], "meta": {"request_id": request_id}}


class ResourceView(BookmarkView):
    """A view whose answers are documents of JSON:API."""

    error_shape: ClassVar[ErrorShape] = staticmethod(_in_json_api)

    def told(self, part: str) -> dict[str, Any]:
        """What the body says of the bookmark in its ``attributes`` or ``relationships``.

        Raises:
            Invalid: it is no document of JSON:API about a bookmark.
        """
        body = self.request.data
        resource = body.get("data") if isinstance(body, dict) else None
        if not isinstance(resource, dict) or resource.get("type") != "Bookmark":
            raise Invalid('Send a document of JSON:API with "type": "Bookmark".', place="data")
        told = resource.get(part, {})
        if not isinstance(told, dict):
            raise Invalid("Write an object.", place=f"data.{part}")
        return told

    def answer(self, *, status: int = 200, **told: Any) -> Response:
        return Response({**told, "meta": {"request_id": self.request_id}}, status=status)

    def included(self, several: list[Bookmark]) -> dict[str, Any]:
        """The collections, each once, if they are asked for."""
        if "collection" not in self.request.query_params.get("include", "").split(","):
            return {}
        known = {one.collection.pk: one.collection.name for one in several}
        collections = [
            {"type": "Collection", "id": str(pk), "attributes": {"display_name": name, "high_assurance": False}}
            for pk, name in known.items()
        ]
        return {"included": collections}


class BookmarkResources(ResourceView):
    def get(self, request: Request) -> Response:
        several = list(transfer.bookmarks_of(self.user))
        return self.answer(data=[_resource(one) for one in several], **self.included(several))

    def post(self, request: Request) -> Response:
        collection = self.told("relationships").get("collection")
        linked = collection.get("data") if isinstance(collection, dict) else None
        if not isinstance(linked, dict):
            raise Invalid("Say which collection it is in.", place="data.relationships.collection")
        return self.answer(data=_resource(self.made(self.told("attributes"), linked.get("id"))), status=201)


class BookmarkResource(ResourceView):
    def get(self, request: Request, bookmark_id: str) -> Response:
        found = self.bookmark(bookmark_id)
        return self.answer(data=_resource(found), **self.included([found]))

    def patch(self, request: Request, bookmark_id: str) -> Response:
        return self.answer(data=_resource(self.changed(bookmark_id, self.told("attributes"))))

    def delete(self, request: Request, bookmark_id: str) -> Response:
        transfer.remove_bookmark(self.bookmark(bookmark_id))
        return self.answer()


def _document(one: Bookmark) -> dict[str, Any]:
    return {
        "DATA_TYPE": "bookmark",
        "id": str(one.pk),
        "name": one.name,
        "endpoint_id": str(one.collection_id),
        "path": one.path.folder,
        "pinned": False,
    }


def _resource(one: Bookmark) -> dict[str, Any]:
    return {
        "type": "Bookmark",
        "id": str(one.pk),
        "attributes": {"name": one.name, "path": one.path.folder},
        "relationships": {"collection": {"data": {"type": "Collection", "id": str(one.collection_id)}}},
    }


def _name(told: dict[str, Any]) -> str:
    name = told.get("name")
    if not isinstance(name, str):
        raise Invalid("Write a name.", place="name")
    return name
