"""A form: what it is for, what it is made of, where it publishes to, and who may what with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.access import services as access
from apps.common.errors import PortalError
from apps.flows.language.documents import to_json
from apps.publish import sections
from apps.publish import services as publish
from apps.publish.errors import FormNotSetUp
from apps.publish.services import FormChanges
from apps.publish.types import FormDocument
from apps.search import services as search
from apps.storage import services as storage
from apps.web.publish.forms.base import FormPage
from apps.web.publish.forms.listing import begin_url, state_of
from apps.web.publish.forms.people import ROLES
from apps.web.values import label

IDENTIFIERS = {"none": "none", "local": "of this portal", "datacite": "DOI of DataCite"}


class OneForm(FormPage):
    role = "viewer"
    template = "web/publish/forms/form.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        administers = publish.may_form(self.user, "administrator", self.form)
        may_copy = publish.may_copy(self.user, self.form)
        may_submit = self.form.is_open and publish.may_form(self.user, "submitter", self.form)
        document = publish.document_of(self.form)
        state, tone = state_of(self.form)
        return self.page(
            description=document.description,
            state=state,
            tone=tone,
            asked=list(_asked(document)),
            facts=self._facts(document) if administers else [],
            json=to_json(self.document) if may_copy else "",
            holders=ROLES.holders(access.principals_with(self.form.resource), self.user) if administers else [],
            administers=administers,
            may_copy=may_copy,
            begin_url=begin_url(self.form) if may_submit else "",
        )

    def _facts(self, document: FormDocument) -> list[tuple[str, str]]:
        return [
            ("Index", self._index(document.index)),
            ("Collection", self._collection(document.collection)),
            ("Folder", document.path),
            ("Identifier", IDENTIFIERS[document.identifier]),
            ("Publishes as", str(self.form.publisher)),
        ]

    def _index(self, told: str) -> str:
        with suppress(PortalError):
            return search.get_index(name=told, actor=self.user).display_name if told else ""
        return told

    def _collection(self, told: str) -> str:
        with suppress(ValueError, PortalError):
            return storage.get_collection(UUID(told), actor=self.user).name if told else ""
        return told


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of what is filled in: what it and its own parts are called, and who sees it, if not all do."""

    title: str
    parts: str
    seen_by: str


def _asked(document: FormDocument) -> Iterator[Asked]:
    for name, part in _members(document.schema):
        section = document.section(str(part.get(sections.MARK, "")))
        titles = [_title(key, one) for key, one in _members(part)]
        yield Asked(_title(name, part), ", ".join(titles), section.title if section else "")


def _members(schema: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    told = schema.get("properties", {})
    return [(name, one) for name, one in told.items() if isinstance(one, Mapping)] if isinstance(told, Mapping) else []


def _title(name: str, part: Mapping[str, Any]) -> str:
    return str(part.get("title") or label(name))


class Export(FormPage):
    """The form as a file, to be brought in elsewhere."""

    role = "viewer"

    def get(self, _request: HttpRequest) -> HttpResponse:
        told = publish.export_form(self.form, actor=self.user)
        text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="form-{self.form.slug}.json"'
        return answer


class Opening(FormPage):
    """Opens or closes it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("open") == "yes"
        try:
            publish.change_form(form=self.form, actor=self.user, told=FormChanges(is_open=wanted))
        except FormNotSetUp as error:
            self.tell_problem(error.message)
            return self.go("setup")
        self.tell("The form is open." if wanted else "The form is closed. Drafts stay, and can be sent in.")
        return self.go()


class DeleteForm(FormPage):
    """Asks first."""

    template = "web/publish/forms/delete.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, _request: HttpRequest) -> HttpResponse:
        title = self.form.title
        publish.delete_form(form=self.form, actor=self.user)
        self.tell(f"“{title}” is deleted. What was published with it stays.")
        return redirect("web:forms:forms")
