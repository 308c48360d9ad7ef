"""The versions of a form, and how two of them differ. For its administrators."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import Invalid
from apps.common.listing import listing
from apps.common.markers import Order, page_from
from apps.common.parsing import number_in
from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import FormsView
from apps.publish.api.differences import DifferencesTold, difference
from apps.publish.api.paging import LIMIT, MARKER, PageTold
from apps.publish.api.told import told
from apps.publish.api.versions import is_number
from apps.publish.errors import NoSuchFormVersion
from apps.publish.forms.fields import Content
from apps.publish.models import Form

NEWEST = (Order("number", is_descending=True),)
BEFORE = OpenApiParameter("from", int, description="The number of a version; without it the one before the other.")
AFTER = OpenApiParameter("to", int, description="The number of a version; without it the newest.")


class FormVersionNamed(Answer):
    """A version of a form. `created_by` is a principal, `note` why it was made."""

    number = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class FormVersionTold(FormVersionNamed):
    """A version of a form, which never changes."""

    document = Content()


class FormVersionsTold(PageTold):
    versions = FormVersionNamed(many=True)


class FormVersionsView(FormsView):
    def own(self, slug: str) -> Form:
        user, form = self.user, self.form(slug)
        publish.require_form(user, "administrator", form)
        return form


class FormVersions(FormVersionsView):
    """The versions of a form."""

    @told("list_form_versions", FormVersionsTold, parameters=(LIMIT, MARKER))
    def get(self, request: Request, form: str) -> Response:
        """All versions of a form, the newest first, without their documents. For administrators."""
        one, asked = self.own(form), listing(request.query_params, f"versions of {form}", NEWEST)
        page = page_from(publish.form_versions(one), asked.place, asked.most)
        return Response(FormVersionsTold({"versions": page.rows, "marker": asked.marker(page.following)}).data)


class OneFormVersion(FormVersionsView):
    """One of them."""

    @told("get_form_version", FormVersionTold)
    def get(self, request: Request, form: str, number: str) -> Response:
        """A version of a form, with its document. For administrators."""
        one = self.own(form)
        if not is_number(number):
            raise NoSuchFormVersion
        return Response(FormVersionTold(publish.get_form_version(one, int(number))).data)


class FormDifferences(FormVersionsView):
    """How two of them differ."""

    @told("compare_form_versions", DifferencesTold, parameters=(BEFORE, AFTER))
    def get(self, request: Request, form: str) -> Response:
        """How two versions of a form differ, member by member of their documents; 500 differences at most. For
        administrators."""
        one = self.own(form)
        assert one.version is not None  # every form has one
        to = number_in(request.query_params.get("to"), "to", otherwise=one.version.number)
        since = number_in(request.query_params.get("from"), "from", otherwise=max(to - 1, 1))
        if not since >= 1:
            raise Invalid("Versions are counted from one.", place="from")
        before, after = publish.get_form_version(one, since), publish.get_form_version(one, to)
        found = [difference(each) for each in publish.compare_form_versions(before, after)]
        return Response({"before": before.number, "after": after.number, "differences": found})
