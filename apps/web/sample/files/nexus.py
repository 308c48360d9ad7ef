"""A run as NeXus, in HDF5: small, and of the shape that the viewers of the field know."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from apps.web.sample.files import hit_map
from apps.web.sample.files.dataset import Dataset

HC = 12.39842
"""Of a photon: its energy in keV times its wavelength in Å."""


def is_there() -> bool:
    """Whether the library for HDF5 is installed; it is an extra of the project (``hdf5``)."""
    try:
        import h5py  # noqa: F401
    except ImportError:
        return False
    return True


def written(dataset: Dataset) -> bytes:
    """
    Raises:
        ImportError: there is no h5py.
    """
    import h5py
    import numpy as np

    beam = dataset.project["beamline_input"]
    rows = hit_map.wells(dataset)
    kept = BytesIO()
    with h5py.File(kept, "w") as file:
        file.attrs["default"] = "entry"
        entry = _group(file, "entry", "NXentry")
        entry.attrs["default"] = "hit_map"
        entry["title"] = dataset.title
        entry["start_time"] = dataset.at.isoformat()
        entry["experiment_identifier"] = dataset.project["run_name"]
        sample = _group(entry, "sample", "NXsample")
        sample["name"] = dataset.project["protein"]
        sample["unit_cell"] = np.array(dataset.cell)
        sample["space_group"] = dataset.project["user_input"]["space_group"]
        instrument = _group(entry, "instrument", "NXinstrument")
        _number(_group(instrument, "beam", "NXbeam"), "incident_wavelength", HC / float(beam["energy"]), "angstrom")
        _number(_group(instrument, "detector", "NXdetector"), "distance", float(beam["det_distance"]), "mm")
        hits = _group(entry, "hit_map", "NXdata")
        hits.attrs["signal"] = "lattices"
        counts = np.frombuffer(b"".join(rows), dtype="uint8").reshape(len(rows), -1) - 1
        hits.create_dataset("lattices", data=counts, compression="gzip").attrs["long_name"] = "Lattices in each well"
    return kept.getvalue()


def _group(above: Any, name: str, kind: str) -> Any:
    made = above.create_group(name)
    made.attrs["NX_class"] = kind
    return made


def _number(group: Any, name: str, number: float, unit: str) -> None:
    group[name] = number
    group[name].attrs["units"] = unit
