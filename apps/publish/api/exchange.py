"""What a form is made of: read, taken elsewhere, and brought in."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import FormsView, PublishView
from apps.publish.api.forms import answer, with_document
from apps.publish.api.told import told
from apps.publish.forms.base import read_whole


class FormSchema(PublishView):
    """What a form asks for."""

    @told("get_form_schema", OpenApiTypes.OBJECT)
    def get(self, request: Request, form: str) -> Response:
        """A JSON Schema (2020-12) of the content of a submission."""
        return Response(publish.document_of(self.form(form)).schema)


class FormDocument(PublishView):
    """All that a form is."""

    @told("get_form_document", OpenApiTypes.OBJECT)
    def get(self, request: Request, form: str) -> Response:
        """The whole document, with the index, the collection and the flow that it publishes by. For administrators; of
        a form that came with the portal and is not set up yet for all who see it."""
        return Response(publish.export_form(self.form(form), actor=self.actor)["document"])


class Export(PublishView):
    """A form to be taken elsewhere."""

    @told("export_form", OpenApiTypes.OBJECT)
    def get(self, request: Request, form: str) -> Response:
        """A form as another portal, or this one, imports it. For those who may read its document; its administrators
        are told who has which role, too."""
        return Response(publish.export_form(self.form(form), actor=self.actor))


class Import(FormsView):
    """A form that is brought in."""

    @told("import_form", answers.FormTold, asks=OpenApiTypes.OBJECT, status=201, fails=(409,))
    def post(self, request: Request) -> Response:
        """A new form of yours, closed, from what was exported, or from a document alone. What it names that you may not
        publish to here is left out; a slug that is taken is followed by a number."""
        user, asked = self.user, read_whole(request.data)
        if "document" not in asked:
            return answer(self, publish.import_form(asked, actor=user), 201)
        return answer(self, with_document(lambda: publish.import_form(asked, actor=user)), 201)
