"""The Flows API as its callers have it: the SDK's clients of a live server for each person, and documents by hand."""

import json
from contextlib import ExitStack
from datetime import timedelta

import globus_sdk
import pytest
from django.utils import timezone
from globus_sdk.transport import RetryConfig

from apps.accounts.models import Application, Grant, Token
from apps.accounts.services.secrets import hash_of, new_secret
from tests.api.conftest import server, token
from tests.api.oracle import differences, fixture
from tests.search.conftest import api, team_urn, urn_of

__all__ = ["api", "server", "team_urn", "token", "urn_of"]

ONE = {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": True}}}
NAP = {"StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "Seconds": 1000, "End": True}}}


@pytest.fixture
def sdk(server, token, monkeypatch):
    """The SDK's client for a person; with a flow's id, the one for that flow alone. It repeats nothing."""
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_FLOWS", f"{server.url}/api/flows/")
    with ExitStack() as stack:

        def sdk(user, flow_id=None):
            authorizer = globus_sdk.AccessTokenAuthorizer(token(user))
            told = {"authorizer": authorizer, "retry_config": RetryConfig(max_retries=0)}
            made = globus_sdk.SpecificFlowClient(flow_id, **told) if flow_id else globus_sdk.FlowsClient(**told)
            stack.callback(made.close)
            return made

        yield sdk


@pytest.fixture
def token_for(alice):
    """A token of a person for one service, with these scopes."""

    def token_for(user, resource_server, *scopes):
        application = Application.objects.create(name="any", kind="confidential", owner=alice)
        now, secret = timezone.now(), new_secret()
        grant = Grant.objects.create(user=user, application=application, created_at=now)
        told = {"user": user, "application": application, "grant": grant, "hash": hash_of(secret)}
        told |= {"resource_server": resource_server, "scope": " ".join(scopes), "kind": "access"}
        Token.objects.create(**told, expires_at=now + timedelta(hours=1))
        return secret

    return token_for


@pytest.fixture
def ask(api):
    """Ask as somebody; gives the answer, which must have the status."""

    def ask(user, method, path, body=None, *, status=200, token=None):
        client, text = api(user), "" if body is None else json.dumps(body)
        if token:
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        answer = client.generic(method, f"/api/flows/{path}", text, "application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return ask


def example(name, case="default"):
    return fixture(name, case, service="flows")


def unlike(answer, example):
    """Where the answer is not as the example, but for what may be anything: definitions, schemas, subscriptions."""
    free = {"definition": {}, "input_schema": {}, "subscription_id": None}
    return differences({**answer, **free}, {name: value for name, value in example.items() if name not in free})


def refused(call, *args, **told):
    with pytest.raises(globus_sdk.FlowsAPIError) as error:
        call(*args, **told)
    return error.value.http_status, error.value.code
