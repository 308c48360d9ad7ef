"""The API as programs have it."""

import pytest

from tests.search.conftest import api

__all__ = ["api"]
AT = "/api/publish"


@pytest.fixture
def ask(api):
    """Ask in somebody's name (None: nobody); the answer, which must have the status."""

    def ask(user, method, path, body=None, *, status=200, **headers):
        answer = getattr(api(user), method)(f"{AT}/{path}", body, format="json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return ask


@pytest.fixture
def at(draft):
    """The address of Alice's draft, and of what is below it."""
    return lambda rest="": f"submissions/{draft.pk}{rest and '/'}{rest}"
