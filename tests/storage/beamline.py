"""A collection of Alice's on a folder of this machine, and the SDK's client for each person (see `conftest`)."""

from contextlib import ExitStack

import globus_sdk
import pytest
from globus_sdk.transport import RetryConfig

from apps.access.types import group_urn
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.api.conftest import server, token

__all__ = ["server", "token"]


@pytest.fixture
def admin(alice):
    """Alice runs the portal here, so that she may make collections."""
    alice.is_superuser = True
    alice.save()
    return alice


@pytest.fixture
def root(tmp_path):
    """Where the files of the collection lie."""
    (tmp_path / "open" / "run7").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "open" / "read me.txt").write_text("Hello, beamline")
    (tmp_path / "open" / "page.html").write_text("<script>alert(1)</script>")
    (tmp_path / "secret" / "plan.txt").write_text("nobody knows")
    return tmp_path


@pytest.fixture
def beamline(admin, root):
    """The collection; the alice who owns it is an ordinary person again."""
    made = storage.create_collection(actor=admin, name="Beamline", kind="posix", settings={"root": str(root)})
    admin.is_superuser = False
    admin.save()
    return made


@pytest.fixture
def shared(beamline, alice, team):
    """The team may read /open/, and write /open/run7/."""
    for path, permissions in (("/open/", "r"), ("/open/run7/", "rw")):
        told = {"principal": group_urn(team.pk), "path": FilePath.parse(path), "permissions": permissions}
        storage.add_rule(collection=beamline, actor=alice, **told)
    return beamline


@pytest.fixture
def transfer(server, token):
    """The SDK's client of a live server, for each person."""
    with ExitStack() as stack:

        def transfer(user):
            told = {"base_url": f"{server.url}/api/transfer", "retry_config": RetryConfig(max_retries=0)}
            made = globus_sdk.TransferClient(authorizer=globus_sdk.AccessTokenAuthorizer(token(user)), **told)
            stack.callback(made.close)
            return made

        yield transfer
