"""Files that lie on S3 are lent to their reader, too: no more of them comes over the network than is needed."""

import h5py
import pytest

from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.storage.servers.s3 import moto

pytest.importorskip("boto3")
pytestmark = pytest.mark.django_db
SECRETS = ("access_key", "secret_key")


@pytest.fixture
def bucket(admin, tmp_path):
    with moto(tmp_path) as told:
        settings = {name: value for name, value in told.items() if name not in SECRETS}
        credentials = {name: told[name] for name in SECRETS}
        made = {"name": "Bucket", "kind": "s3", "settings": settings, "credentials": credentials}
        yield storage.create_collection(actor=admin, **made)


def test_a_large_file_on_s3_is_described_by_a_part_of_it(bucket, admin, tmp_path, monkeypatch):
    with h5py.File(tmp_path / "frames.h5", "w") as file:
        file.create_dataset("frames", (24 << 20,), "u1")[-1] = 7
        file["title"] = "behind it"
    monkeypatch.setattr("apps.storage.services.contents.MOST_BYTES_READ", 4 << 20)

    with storage.opened(bucket, actor=admin) as files:
        files.write(FilePath.parse("/frames.h5"), (tmp_path / "frames.h5").read_bytes())
        told = storage.describe(files, FilePath.parse("/frames.h5"))

    assert (told.entry.size > 24 << 20, told.trouble) == (True, "")
    assert {node["name"]: node.get("value") for node in told.contents["root"]["children"]}["title"] == "behind it"
