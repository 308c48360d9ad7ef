"""How scopes are read, held to the SDK's own reader."""

import re

import pytest
from globus_sdk.scopes import ScopeCycleError, ScopeParseError, ScopeParser
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.accounts.errors import InvalidScope, UnknownScope
from apps.accounts.models import Application
from apps.accounts.services.scopes import OFFERED, by_resource_server, offer_of, require_offered
from apps.accounts.types import Scope, all_names, parse_scopes

NAMES = st.sampled_from(["openid", "email", "urn:a:all", "https://x.org/scopes/1/b", *"abcdefghijkl"])
TREES = st.recursive(
    st.builds(Scope, NAMES, st.booleans()),
    lambda inner: st.builds(Scope, NAMES, st.booleans(), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def frozen(scopes, name):
    return frozenset((getattr(one, name), frozen(one.dependencies, name)) for one in scopes)


def has_distinct_names(scopes):
    """The SDK keeps scopes as a graph, in which a name has the same dependencies wherever it stands."""
    names = list(all_names(scopes))
    return len(names) == len(set(names))


@given(st.lists(TREES, min_size=1, max_size=4).filter(has_distinct_names))
def test_scopes_are_read_as_the_sdk_reads_them(scopes):
    text = " ".join(map(str, scopes))

    assert frozen(parse_scopes(text), "name") == frozen(ScopeParser.parse(text), "scope_string")


@given(st.text(alphabet="ab[]* ", max_size=12))
def test_what_is_no_list_of_scopes_is_refused(text):
    """The SDK takes a star within a name; here it stands before one, as it writes them itself."""
    try:
        ScopeParser.parse(text)
    except ScopeCycleError:
        return  # Here a cycle is a tree as deep as it is written.
    except ScopeParseError:
        with pytest.raises(InvalidScope):
            parse_scopes(text)
    else:
        assume(not re.search(r"[^\s\[*]\*", text))
        parse_scopes(text)


@given(st.lists(TREES, max_size=4))
def test_what_is_read_can_be_written_and_read_again(scopes):
    read = parse_scopes(" ".join(map(str, scopes)))

    assert parse_scopes(" ".join(map(str, read))) == read


def test_brackets_have_a_depth():
    with pytest.raises(InvalidScope):
        parse_scopes("a[" * 40 + "a" + "]" * 40)


def test_every_scope_of_the_field_is_good_where_clients_look_for_it():
    flows = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run"
    action = "https://auth.globus.org/scopes/actions.globus.org/transfer/transfer"
    servers = by_resource_server([flows, action, "urn:globus:auth:scope:transfer.api.globus.org:all", "openid"])

    assert list(servers) == ["auth.globus.org", "flows.globus.org", "actions.globus.org", "transfer.api.globus.org"]
    assert all(offer.words for offer in OFFERED.values())


def test_an_application_offers_the_scopes_that_it_says(alice):
    made = Application.objects.create(name="probe", kind="confidential", owner=alice, scopes=["action_all"])
    name = f"https://auth.globus.org/scopes/{made.pk}/action_all"

    assert offer_of(name).resource_server == str(made.pk)
    with pytest.raises(UnknownScope):
        require_offered(parse_scopes(f"openid[*{name}_more]"))
    assert set(all_names(parse_scopes(f"openid[*{name}]"))) == {"openid", name}
