"""Indexes, the roles on them, and their catalogue (S1 to S9, S24 to S26)."""

from __future__ import annotations

from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from apps.common.errors import NotFound
from apps.common.parsing import id_in
from apps.search import paths
from apps.search import services as search
from apps.search.api import shapes
from apps.search.api.base import SearchView
from apps.search.errors import NoSuchRole
from apps.search.forms import index as forms


class Indexes(SearchView):
    """S1."""

    def post(self, request: HttpRequest) -> Response:
        actor = self.require_user()
        asked = forms.creation(self.document())
        index = search.create_index(
            actor=actor,
            display_name=asked.display_name,
            description=asked.description,
            slug=asked.slug,
            visible_to=asked.visible_to,
            presentation=asked.presentation,
            is_stemmed=asked.is_stemmed,
            is_strict=asked.is_strict,
        )
        return Response(shapes.index(search.describe(index=index, actor=actor), permissions=False))


class IndexList(SearchView):
    """S6. Anonymous callers have no roles, so their list is empty."""

    def get(self, request: HttpRequest) -> Response:
        names = forms.role_filter(request.query_params.getlist("filter_roles"))
        states = search.indexes_with_role(actor=self.actor, names=names)
        return Response({"index_list": [shapes.index(state) for state in states]})


class OneIndex(SearchView):
    """S2 to S4."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        return Response(shapes.index(search.describe(index=self.index(index_id), actor=self.actor)))

    def patch(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        asked = forms.change(self.document())
        index = search.update_index(
            index=index,
            actor=self.actor,
            display_name=asked.display_name,
            description=asked.description,
            visible_to=asked.visible_to,
            is_strict=asked.is_strict,
        )
        return Response(shapes.index(search.describe(index=index, actor=self.actor), permissions=False))

    def delete(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        search.delete_index(index=index, actor=self.actor)
        return Response({"index_id": str(index.pk), "acknowledged": True})


class Presentation(SearchView):
    """Ours: the document of how the index presents itself, as it is declared (``{}``: nothing is)."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        draft = search.draft(index=self.own_index(index_id), actor=self.actor)
        return Response(draft.document if draft.is_declared else {})

    def put(self, request: HttpRequest, index_id: str) -> Response:
        index, note = self.own_index(index_id), request.query_params.get("note", "")
        made = search.present(index=index, actor=self.require_user(), document=self.document(), note=note)
        return Response({"index_id": str(index.pk), "version": made.number, "acknowledged": True})


class Reopen(SearchView):
    """S5."""

    def post(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        search.reopen_index(index=index, actor=self.actor)
        return Response({"index_id": str(index.pk), "acknowledged": True})


class Roles(SearchView):
    """S7."""

    def post(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        asked = forms.role(self.document())
        role = search.grant_role(index=index, actor=self.actor, role_name=asked.role_name, principal=asked.principal)
        return Response(shapes.role(role, index.pk))


class RoleList(SearchView):
    """S8."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        listed = search.roles(index=index, actor=self.actor)
        return Response({"role_list": [shapes.role(role, index.pk) for role in listed]})


class OneRole(SearchView):
    """S9."""

    def delete(self, request: HttpRequest, index_id: str, role_id: str) -> Response:
        index = self.own_index(index_id)
        role = search.withdraw_role(index=index, actor=self.actor, role_id=id_in(role_id, NoSuchRole))
        return Response({"deleted": shapes.role(role, index.pk), "success": True})


class Mapping(SearchView):
    """S24."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        lines = search.catalogue(index=self.own_index(index_id), actor=self.actor)
        return Response({"mappings": {line.path: shapes.mapping(line) for line in lines}})


class FieldMapping(SearchView):
    """S25."""

    def get(self, request: HttpRequest, index_id: str, path: str) -> Response:
        wanted = paths.normalise(path)
        for line in search.catalogue(index=self.own_index(index_id), actor=self.actor):
            if line.path == wanted:
                return Response({"mappings": {line.path: shapes.mapping(line)}})
        raise NotFound(f"No entry of this index has a field {path[:200]!r}.")


class FieldBudget(SearchView):
    """S26."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        index = self.own_index(index_id)
        used = sum(line.is_indexed for line in search.catalogue(index=index, actor=self.actor))
        return Response({"budget": index.field_budget, "used": used, "remaining": max(index.field_budget - used, 0)})
