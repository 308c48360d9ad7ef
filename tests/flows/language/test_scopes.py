"""Which scopes a flow needs, by whom its actions run as."""

from __future__ import annotations

from apps.flows.language.reading import read
from apps.flows.language.scopes import scopes_of
from tests.flows.language.makers import action, machine, without

HOSTED = "https://auth.globus.org/scopes/actions.globus.org/"


def acting(url, **fields):
    return without(action(ActionUrl=url, **fields), "End")


def test_scopes_are_told_once_by_whom_the_actions_run_as():
    document = machine(
        A=acting("https://transfer.actions.globus.org/transfer", Next="B"),
        B=acting("https://transfer.actions.globus.org/ls/", Next="C"),
        C=acting("https://actions.automate.globus.org/search/ingest", RunAs="Flow", Next="D"),
        D=action(ActionUrl="https://elsewhere.org/", ActionScope="its-scope", RunAs="Curator"),
    )

    assert scopes_of(read(document)) == {
        "User": ["urn:globus:auth:scope:transfer.api.globus.org:all"],
        "Flow": [HOSTED + "search/ingest"],
        "Curator": ["its-scope"],
    }


def test_who_knows_more_addresses_is_asked():
    document = machine(A=action(ActionUrl="https://elsewhere.org/"))

    assert scopes_of(read(document)) == {}
    assert scopes_of(read(document), {"https://elsewhere.org/": "theirs"}.get) == {"User": ["theirs"]}
