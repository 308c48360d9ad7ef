"""Tokens of programs allow what they say, in words that people read."""

import uuid

import pytest

from apps.accounts.errors import UnknownScope
from apps.accounts.services import scopes
from apps.publish.services.scopes import PUBLISH_ID, scope


def test_scopes_of_publishing_are_offered():
    offer = scopes.offer_of(scope("review"))

    assert (offer.resource_server, offer.words) == (PUBLISH_ID, "Decide about submissions as you")


@pytest.mark.django_db
@pytest.mark.parametrize("owner", [PUBLISH_ID, uuid.UUID(int=7)])
def test_no_other_scope_is(owner):
    with pytest.raises(UnknownScope):
        scopes.offer_of(scopes.url(owner, "everything" if owner == PUBLISH_ID else "review"))
