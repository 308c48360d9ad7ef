"""Who may do what with a form. For its administrators."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import FormsView
from apps.publish.api.told import told
from apps.publish.forms.base import read
from apps.publish.forms.making import FormRoles as Given
from apps.publish.forms.making import GivenRole
from apps.publish.models import Form


def _principals() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField())


class FormRolesTold(Answer):
    """Principals by role, each in one list alone that they were given."""

    owner = _principals()
    administrator = _principals()
    reviewer = _principals()
    submitter = _principals()
    viewer = _principals()


class FormRolesView(FormsView):
    def told(self, form: Form, status: int = 200) -> Response:
        return Response(publish.form_roles(form, actor=self.user), status)


class FormRoles(FormRolesView):
    """The roles on a form."""

    @told("get_form_roles", FormRolesTold)
    def get(self, request: Request, form: str) -> Response:
        """Who has which role on a form: principals by role. For administrators."""
        self.require_caller()
        return self.told(self.form(form))

    @told("set_form_roles", FormRolesTold, asks=Given)
    def put(self, request: Request, form: str) -> Response:
        """Let exactly these have a role. One that is left out stays as it is. For administrators."""
        user, one = self.user, self.form(form)
        roles = read(Given, request.data)
        publish.change_form(form=one, actor=user, told=publish.FormChanges(roles=roles))
        return self.told(one)

    @told("give_form_role", FormRolesTold, asks=GivenRole, status=201)
    def post(self, request: Request, form: str) -> Response:
        """Give somebody a role, whoever else has it. For administrators."""
        user, one = self.user, self.form(form)
        publish.give_form_role(form=one, actor=user, **read(GivenRole, request.data))
        return self.told(one, 201)


class OneFormRole(FormRolesView):
    """A role that somebody has on a form."""

    @told("take_form_role", None, status=204)
    def delete(self, request: Request, form: str, role: str, principal: str) -> Response:
        """Take a role back from somebody. For administrators."""
        user, one = self.user, self.form(form)
        publish.take_form_role(form=one, actor=user, role=role, principal=principal)
        return Response(status=204)
