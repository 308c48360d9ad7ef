import os
from errno import ENOSYS, EOPNOTSUPP, EXDEV

import pytest

from apps.storage.backends.posix.confined import by_one_call, by_walking
from tests.storage.beamline import admin, beamline, root, server, shared, token, transfer

__all__ = ["admin", "beamline", "root", "server", "shared", "token", "transfer"]


def _fails_with(error):
    def call(*_):
        raise OSError(error, os.strerror(error))

    return call


@pytest.fixture(params=["this kernel", "an older kernel"])
def kernel(request, monkeypatch):
    """What a POSIX storage stands on is found out once; the ways around what is missing are tried here as well."""
    posix = "apps.storage.backends.posix"
    is_old = request.param == "an older kernel"
    monkeypatch.setattr(f"{posix}.best_way", lambda: by_walking if is_old else by_one_call)
    if is_old:
        monkeypatch.setattr(f"{posix}.folder.rename_without_replacing", _fails_with(ENOSYS))
        monkeypatch.setattr(f"{posix}.descriptors.allocate", _fails_with(EOPNOTSUPP))
        monkeypatch.setattr("os.copy_file_range", _fails_with(EXDEV))
