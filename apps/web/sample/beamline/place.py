"""Where the beamline stands in the portal: folders of the sample's collection Beamline."""

from __future__ import annotations

from pathlib import Path

COLUMNS, ROWS = 64, 32
"""Of a chip."""
IMAGES = COLUMNS * ROWS
RAW = "/ssx/group/raw"
"""What the detector writes: the group reads it."""
DATASETS = "/ssx/open"
"""What is published: everybody reads it, pictures and all."""


def raw(home: Path) -> Path:
    """The folder of this machine, where the data of the portal is in ``home``."""
    return home / "files" / "beamline" / RAW.strip("/")
