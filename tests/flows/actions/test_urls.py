"""The URLs that existing definitions carry lead to actions of the portal, and never to the hosted ones."""

from itertools import product

import pytest

from apps.flows.actions import provider_at

HOSTS = ("https://actions.globus.org", "https://actions.automate.globus.org")
OLD = [
    *("hello_world", "expression_eval", "datacite/mint/basic_auth", "weboption/wait_for_option", "notification/notify"),
    *(f"transfer/{name}" for name in ("transfer", "delete", "set_permission", "ls", "mkdir", "collection_info")),
    *("search/ingest", "search/delete"),
]
NEW = {
    **{name: f"transfer/{name}" for name in ("transfer", "delete", "ls", "mkdir", "stat", "collection_info")},
    "manage_permission": "transfer/set_permission",
    "set_permission": "transfer/set_permission",
}
URLS = [
    *((f"{host}/{name}", name) for host, name in product(HOSTS, OLD)),
    *((f"https://transfer.actions.globus.org/{path}", name) for path, name in NEW.items()),
    ("/api/actions/transfer/ls", "transfer/ls"),
    ("http://127.0.0.1:8000/api/actions/wait_for_files", "wait_for_files"),
]


@pytest.mark.parametrize("ending", ["", "/", "/run", "/run/"])
@pytest.mark.parametrize(("url", "name"), URLS)
def test_a_url_of_a_hosted_provider_is_one_of_ours(url, name, ending):
    found = provider_at(url + ending)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("url", ["https://example.org/transfer/ls", "https://actions.globus.org/none", ""])
def test_any_other_url_is_elsewhere(url):
    assert provider_at(url) is None
