"""Forms: which there are, made, changed and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.common.listing import listing
from apps.common.markers import Order, page_from
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import AskingView, FormsView
from apps.publish.api.paging import LIMIT, MARKER, PageTold
from apps.publish.api.told import IF_MATCH, told
from apps.publish.errors import InvalidForm
from apps.publish.forms.base import read
from apps.publish.forms.making import ChangedForm, CheckedForm, NewForm, form_changes
from apps.publish.models import Form
from apps.publish.types import Fault

ROLES = ("viewer", "submitter", "reviewer", "administrator")
ROLE = OpenApiParameter("role", str, enum=ROLES, default="viewer")
BY_TITLE = (Order("title"), Order("id"))


class FormsTold(PageTold):
    forms = answers.FormTold(many=True)


def answer(view: FormsView, form: Form, status: int = 200) -> Response:
    """A form, with the ETag of its version."""
    told = answers.form(form, may_submit=publish.may_form(view.actor, "submitter", form))
    return Response(told, status, headers={"ETag": f'"{told["version"]}"'})


def with_document(make: Callable[[], Form]) -> Form:
    """
    Raises:
        InvalidForm: by the places of the request, where the document is a member.
    """
    try:
        return make()
    except InvalidForm as error:
        raise InvalidForm([Fault(f"/document{one.pointer}", one.message) for one in error.faults]) from error


class Forms(FormsView):
    """Forms that you may see."""

    @told("list_forms", FormsTold, parameters=(ROLE, LIMIT, MARKER))
    def get(self, request: Request) -> Response:
        """The forms on which you have a role, by title."""
        asked = listing(request.query_params, "forms", BY_TITLE, words=("role",))
        role = ",".join(asked.words["role"]) or "viewer"
        if role not in ROLES:
            raise Invalid(f"There is no such role. Ask for one of {', '.join(ROLES)}.", place="role")
        page = page_from(publish.find_forms(actor=self.actor, role=role), asked.place, asked.most)
        own = set(publish.find_forms(actor=self.actor, role="submitter").values_list("pk", flat=True))
        told: list[dict[str, Any]] = [answers.form(one, may_submit=one.pk in own) for one in page.rows]
        return Response({"forms": told, "marker": asked.marker(page.following)})

    @told("make_form", answers.FormTold, asks=NewForm, status=201, fails=(409,))
    def post(self, request: Request) -> Response:
        """A new form of yours, which publishes in your name. What you may not publish to is a fault."""
        user, changes = self.user, form_changes(read(NewForm, request.data))
        return answer(self, with_document(lambda: publish.create_form(actor=user, told=changes)), 201)


class CheckedDocument(AskingView):
    """Whether something could be a form."""

    @told("check_form", answers.Faults, asks=CheckedForm)
    def post(self, request: Request) -> Response:
        """All that is wrong with a document, if you published by it; pointers are into the document. Nothing of it is
        kept."""
        user, asked = self.user, read(CheckedForm, request.data)
        return Response(answers.Faults({"faults": publish.check_form(asked["document"], actor=user)}).data)


class OneForm(FormsView):
    """One form."""

    @told("get_form", answers.FormTold)
    def get(self, request: Request, form: str) -> Response:
        """A form, by its slug or its id."""
        return answer(self, self.form(form))

    @told("change_form", answers.FormTold, asks=ChangedForm, fails=(409, 412), parameters=(IF_MATCH,))
    def patch(self, request: Request, form: str) -> Response:
        """Open it, close it, or give it another document: what is being filled in goes on with its own, and from then
        on the form publishes in your name. What is left out stays. For administrators."""
        user, one, asked = self.user, self.form(form), read(ChangedForm, request.data)
        publish.require_form(user, "administrator", one)
        changes = form_changes(asked, after=self.version(asked) if "document" in asked else None)
        return answer(self, with_document(lambda: publish.change_form(form=one, actor=user, told=changes)))

    @told("delete_form", None, status=204)
    def delete(self, request: Request, form: str) -> Response:
        """Delete a form: nobody finds it or begins with it any more; what was published by it stays. For
        administrators."""
        user = self.user
        publish.delete_form(form=self.form(form), actor=user)
        return Response(status=204)
