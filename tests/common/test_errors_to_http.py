import logging

import pytest
from django.core import exceptions as django_errors
from django.http import Http404
from rest_framework import exceptions as rest_errors
from rest_framework.test import APIRequestFactory

from apps.common import errors
from apps.common.api import ApiView
from apps.common.http import status_of


def ask(failure, method="get", shape=None, **headers):
    """The answer of a view that fails so."""

    class Failing(ApiView):
        authentication_classes = ()

        def get(self, request):
            raise failure

    if shape is not None:
        Failing.error_shape = staticmethod(shape)
    answer = Failing.as_view()(getattr(APIRequestFactory(), method)("/x", headers=headers))
    return answer.render()


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (errors.Invalid(), 400, "invalid"),
        (errors.NotAuthenticated(), 401, "not_authenticated"),
        (errors.NotAllowed(), 403, "not_allowed"),
        (errors.NotFound(), 404, "not_found"),
        (errors.Conflict(), 409, "conflict"),
        (errors.TooLarge(), 413, "too_large"),
        (errors.TooMany(), 429, "too_many"),
        (errors.Unavailable(), 503, "unavailable"),
        (rest_errors.ParseError(), 400, "invalid"),
        (rest_errors.ValidationError({"a": ["bad"]}), 400, "invalid"),
        (rest_errors.NotAuthenticated(), 401, "not_authenticated"),
        (rest_errors.AuthenticationFailed(), 401, "not_authenticated"),
        (rest_errors.PermissionDenied(), 403, "not_allowed"),
        (rest_errors.NotFound(), 404, "not_found"),
        (rest_errors.NotAcceptable(), 406, "not_acceptable"),
        (rest_errors.UnsupportedMediaType("a/b"), 415, "unsupported_media_type"),
        (rest_errors.Throttled(wait=7), 429, "too_many"),
        (django_errors.PermissionDenied(), 403, "not_allowed"),
        (django_errors.RequestDataTooBig(), 413, "too_large"),
        (django_errors.TooManyFieldsSent(), 400, "invalid"),
        (django_errors.BadRequest(), 400, "invalid"),
        (Http404(), 404, "not_found"),
    ],
)
def test_each_failure_has_a_status_and_a_code(failure, status, code):
    answer = ask(failure)

    assert (answer.status_code, answer.data["status"], answer.data["code"]) == (status, status, code)
    assert answer.data["message"]
    assert answer["X-Request-Id"] == answer.data["request_id"]


def test_an_error_of_an_app_has_the_status_of_the_kind_it_is_of():
    class NoSuchThing(errors.NotFound):
        code = "things.none"

    assert status_of(NoSuchThing()) == 404
    assert ask(NoSuchThing()).data["code"] == "things.none"


def test_the_answer_says_how_to_sign_in_and_when_to_come_again():
    assert ask(errors.NotAuthenticated())["WWW-Authenticate"] == "Bearer"
    assert ask(errors.Unavailable())["Retry-After"] == "5"
    assert ask(rest_errors.Throttled(wait=7))["Retry-After"] == "7"


def test_the_place_and_the_details_of_an_error_are_told():
    answer = ask(errors.Invalid("Too big.", place="facets.0.size", details={"most": 10}))

    assert (answer.data["place"], answer.data["details"]) == ("facets.0.size", {"most": 10})


def test_the_first_complaint_of_a_serializer_is_told_with_its_place():
    complaint = {"facets": [{}, {"size": ["Not a number."]}], "q": ["Missing."]}

    answer = ask(rest_errors.ValidationError(complaint))

    assert (answer.data["place"], answer.data["message"]) == ("facets.1.size", "Not a number.")


def test_a_method_that_a_resource_lacks_is_405_with_those_it_has():
    answer = ask(None, "delete")

    assert (answer.status_code, answer.data["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_service_answers_in_its_own_shape():
    answer = ask(errors.NotFound("Gone."), shape=lambda error, status, request_id: {"GError": [status, error.message]})

    assert answer.data == {"GError": [404, "Gone."]}


def test_an_unexpected_failure_tells_nothing_but_the_id_under_which_it_is_logged(caplog):
    with caplog.at_level(logging.ERROR):
        answer = ask(ValueError("the password is swordfish"))

    assert answer.status_code == 500
    assert b"swordfish" not in answer.content
    (record,) = caplog.records
    assert answer.data["request_id"] in record.getMessage()
    assert "swordfish" in caplog.text


@pytest.mark.parametrize(
    ("sent", "is_kept"), [("proxy-0123.a_b", True), ("x\ny" * 9, False), ("a" * 65, False), ("", False)]
)
def test_the_id_of_a_proxy_is_kept_if_it_is_harmless(sent, is_kept):
    assert (ask(errors.Invalid(), **{"X-Request-Id": sent})["X-Request-Id"] == sent) is is_kept
