"""Where the files of the runs lie: written on the way past, and named by the records from then on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from apps.search.types import EntryDraft
from apps.web.sample import ssx
from apps.web.sample.files import dataset as datasets
from apps.web.sample.files import histogram, hit_map, nexus, texts
from apps.web.sample.files.dataset import Dataset

ON_DISK = frozenset({"S10", "S12", "S18"})
"""The runs of which all datasets have a picture. Of the others the group's have none, and these are most: each folder
that is made costs a disk more than all that is drawn for it, and nobody wants to wait at the first start."""
WHOLE, WITH_NEXUS = 0.2, 0.3
"""The share of datasets with a picture that have more files, and of these the share that have HDF5."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    mime_type: str
    data: bytes


class Shelf:
    """A folder of this machine that is the root of the collection ``ssx.COLLECTION``.

    Files are written plainly, not each flushed as a storage does it: those lost with the power are drawn again with the
    records, which are in the database all or none.
    """

    def __init__(self, root: Path, *, say: Callable[[str], object]) -> None:
        self._root, self._say = root, say

    def filled(self, entries: Iterable[EntryDraft]) -> Iterator[EntryDraft]:
        """The same entries, but those of datasets name the files that were written for them."""
        has_hdf5 = nexus.is_there()
        if not has_hdf5:
            self._say("The sample goes without its HDF5 files: h5py is not installed (pip install h5py).")
        for draft in entries:
            yield draft if draft.entry_id else self._with_files(draft, has_hdf5)

    def _with_files(self, draft: EntryDraft, has_hdf5: bool) -> EntryDraft:
        dataset = datasets.read(draft)
        files = [*files_of(dataset, with_hdf5=has_hdf5)]
        if files:
            self._write(dataset, files)
        return replace(draft, content={**draft.content, "files": [_named(dataset, file) for file in files]})

    def _write(self, dataset: Dataset, files: Iterable[File]) -> None:
        folder = self._root / dataset.folder
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            path = folder / file.name
            path.write_bytes(file.data)
            os.utime(path, (dataset.at.timestamp(),) * 2)


def files_of(dataset: Dataset, *, with_hdf5: bool) -> Iterator[File]:
    """The hit map of a run, if it has one, and of some all that their programs wrote."""
    if dataset.folder.startswith("ssx/group/") and dataset.project["run_name"] not in ON_DISK:
        return
    yield File("composite.png", "image/png", hit_map.picture(dataset))
    random = dataset.random("files")
    if random.random() >= WHOLE:
        return
    told = [
        File(f"1int-sinc-0-{dataset.images - 1}.png", "image/png", histogram.picture(dataset)),
        _text(f"beamline_run{dataset.number}.json", "application/json", texts.beamline(dataset)),
        _text(f"process_{dataset.number}.phil", "text/plain", texts.settings(dataset)),
        _text(f"{dataset.chip}_ints.txt", "text/plain", texts.integrated(dataset)),
        _text(f"{dataset.chip}_{dataset.number}.stream", "text/plain", texts.stream(dataset)),
        _text("statistics.csv", "text/csv", texts.statistics(dataset)),
    ]
    if random.random() < WITH_NEXUS and with_hdf5:
        told.append(File(f"{dataset.chip}_{dataset.number}.nxs", "application/x-hdf5", nexus.written(dataset)))
    yield from told
    names = ["composite.png", *(file.name for file in told)]
    yield _text("README.txt", "text/plain", texts.readme(dataset, names))


def _text(name: str, mime_type: str, text: str) -> File:
    return File(name, mime_type, text.encode())


def _named(dataset: Dataset, file: File) -> dict[str, object]:
    """Without a host: the address is good wherever the portal stands."""
    return {
        "filename": file.name,
        "url": quote(f"/files/{ssx.COLLECTION}/{dataset.folder}/{file.name}"),
        "mime_type": file.mime_type,
        "length": len(file.data),
        "sha256": sha256(file.data).hexdigest(),
    }
