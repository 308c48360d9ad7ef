"""Collections as endpoints (X11, X12, X24), and their access rules (X17 to X21)."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.common.parsing import id_in, number_in, uuid_in
from apps.storage import services as storage
from apps.storage.errors import NoSuchRule, NoticeNotSent
from apps.storage.models import AccessRule
from apps.transfer import forms
from apps.transfer import services as transfer
from apps.transfer.api.base import TransferView
from apps.transfer.forms import documents

MOST, MOST_AT_ONCE = 100, 1000


class OneCollection(TransferView):
    """X11."""

    def get(self, request: Request, collection_id: str) -> Response:
        return Response(documents.collection(self.collection(collection_id), actor=self.actor))

    def put(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        asked = self.document("endpoint")
        fields = {"display_name": "name", "description": "description"}
        changed = {ours: asked[theirs] for theirs, ours in fields.items() if isinstance(asked.get(theirs), str)}
        if changed.get("name") == "":
            raise Invalid("A collection has a name.", place="display_name")
        if isinstance(asked.get("keywords"), list):
            changed["keywords"] = ", ".join(map(str, asked["keywords"]))
        storage.change_collection(collection=collection, actor=self.user, **changed)
        return self.done("Updated", "The collection was updated.", id=str(collection.pk))

    def delete(self, request: Request, collection_id: str) -> Response:
        transfer.delete_collection(collection=self.collection(collection_id), actor=self.user)
        return self.done("Deleted", "The collection was deleted. Its files are where they were.")


class Search(TransferView):
    """X12: by the words of names and descriptions, or those of the caller."""

    def get(self, request: Request) -> Response:
        asked = request.query_params
        found = storage.find_collections(self.user, text=asked.get("filter_fulltext", ""))
        if asked.get("filter_scope", "all") in {"my-endpoints", "my-gcp-endpoints", "administered-by-me"}:
            found = found.filter(owner=self.user)
        elif asked.get("filter_scope") == "shared-by-me":
            found = found.filter(owner=self.user, parent__isnull=False)
        if asked.get("filter_owner_id"):
            found = found.filter(owner__identities=uuid_in(asked["filter_owner_id"], "filter_owner_id"))
        if asked.get("filter_host_endpoint"):
            found = found.filter(parent=uuid_in(asked["filter_host_endpoint"], "filter_host_endpoint"))
        limit = min(number_in(asked.get("limit"), "limit", otherwise=MOST), MOST_AT_ONCE)
        offset = number_in(asked.get("offset"), "offset", otherwise=0)
        page = list(found[offset : offset + limit + 1])
        return Response(
            {
                "DATA_TYPE": "endpoint_list",
                "offset": offset,
                "limit": limit,
                "has_next_page": len(page) > limit,
                "DATA": [documents.collection(one, actor=self.actor) for one in page[:limit]],
            }
        )


class Rules(TransferView):
    """X17 and X18."""

    def get(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        rules = [documents.rule(one) for one in storage.rules_of(collection, actor=self.user)]
        return Response(
            {"DATA_TYPE": "access_list", "endpoint": str(collection.pk), "length": len(rules), "DATA": rules}
        )

    def post(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        asked = self.document("access")
        message = forms.message_of(asked)
        rule = storage.add_rule(
            collection=collection,
            actor=self.user,
            principal=forms.principal_of(asked),
            path=forms.path_of(asked.get("path"), "path"),
            permissions=forms.permissions_of(asked),
            expires_at=forms.expiry_of(asked),
        )
        told = "The access rule was made." + (self._notice(rule, message) if asked.get("notify_email") else "")
        return self.done("Created", told, kind="access_create_result", status=201, access_id=str(rule.pk))

    def _notice(self, rule: AccessRule, message: str) -> str:
        """Goes to the address that the person told themselves, whichever one is named: nobody writes to strangers."""
        try:
            storage.send_notice(rule=rule, actor=self.user, link=forms.link_to(rule), message=message)
        except NoticeNotSent as problem:
            return f" {problem}"
        return ""


class OneRule(TransferView):
    """X19 to X21."""

    def get(self, request: Request, collection_id: str, rule_id: str) -> Response:
        return Response(documents.rule(self.rule(collection_id, rule_id)))

    def put(self, request: Request, collection_id: str, rule_id: str) -> Response:
        rule, asked = self.rule(collection_id, rule_id), self.document("access")
        permissions, expires_at = forms.permissions_of(asked), forms.expiry_of(asked)
        storage.change_rule(rule=rule, actor=self.user, permissions=permissions, expires_at=expires_at)
        return self.done("Updated", "The access rule was updated.")

    def delete(self, request: Request, collection_id: str, rule_id: str) -> Response:
        storage.remove_rule(rule=self.rule(collection_id, rule_id), actor=self.user)
        return self.done("Deleted", "The access rule was deleted.")

    def rule(self, collection_id: str, rule_id: str) -> Any:
        collection = self.collection(collection_id)
        return storage.get_rule(collection, id_in(rule_id, NoSuchRule), actor=self.user)
