"""``manage.py create_collection``"""

import json

import pytest
from django.core.management import CommandError, call_command

from apps.storage.models import Collection
from tests.storage.beamline import admin, root

__all__ = ["admin", "root"]
pytestmark = pytest.mark.django_db


def test_an_administrator_makes_a_collection(admin, root, capsys):
    call_command("create_collection", "Beamline", owner="alice", kind="posix", setting=[f"root={root}"])

    made = Collection.objects.get(pk=json.loads(capsys.readouterr().out)["id"])
    assert (made.name, made.kind, made.owner, made.settings) == ("Beamline", "posix", admin, {"root": str(root)})


def test_credentials_are_kept_sealed_and_never_told(admin, tmp_path, capsys):
    (tmp_path / "key.json").write_text('{"access_key": "AK", "secret_key": "Sesame"}')
    told = {"owner": "alice", "kind": "posix", "setting": [f"root={tmp_path}"]}

    with pytest.raises(CommandError, match="do not fit"):  # POSIX takes none
        call_command("create_collection", "X", credentials=str(tmp_path / "key.json"), **told)
    assert "Sesame" not in capsys.readouterr().out
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"owner": "bob"}, "Only administrators"),
        ({"setting": ["root"]}, "NAME=VALUE"),
        ({"setting": ["root=relative"]}, "absolute path"),
        ({"setting": []}, "do not fit"),
        ({"setting": ["root=/", "colour=red"]}, "do not fit"),
        ({"base_path": "/a/../b"}, "no path of a collection"),
        ({"visible_to": ["everybody"]}, "no principal"),
    ],
)
def test_the_command_says_what_is_wrong(admin, bob, told, says):
    whole = {"owner": "alice", "kind": "posix", "setting": ["root=/"], **told}

    with pytest.raises(CommandError, match=says):
        call_command("create_collection", "Beamline", **whole)
