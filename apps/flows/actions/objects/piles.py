"""Values as JSON in a file of this machine, before it is put into its place."""

from __future__ import annotations

import json
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any

from apps.common.errors import Invalid

MOST_MIB = 1024


class Pile:
    """A list of values, or one on each line. The file is gone when it is left."""

    def __init__(self, *, is_lines: bool) -> None:
        self.is_lines, self.count = is_lines, 0
        self.file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - __exit__ closes it

    def __enter__(self) -> Pile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()

    def add(self, value: Any) -> None:
        """
        Raises:
            Invalid: it is more than is written at once.
        """
        before = "" if self.is_lines else ",\n" if self.count else "["
        after = "\n" if self.is_lines else ""
        self.file.write(f"{before}{json.dumps(value)}{after}".encode())
        self.count += 1
        if self.file.tell() > MOST_MIB << 20:
            raise Invalid(f"The results are more than {MOST_MIB:,} MiB. Let each branch give less.")

    def finish(self) -> int:
        """Its size; it is then read from its beginning."""
        if not self.is_lines:
            self.file.write(b"]\n" if self.count else b"[]\n")
        size = self.file.tell()
        self.file.seek(0)
        return size
