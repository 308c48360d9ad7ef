"""CBF, of detectors in crystallography: what the detector wrote above its picture. The picture is not unpacked.

A miniCBF has lines of a header in one text; a full one (imgCIF) says it in CIF.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from apps.storage.formats.plain import number, text

try:
    from apps.storage.formats import cif
except ImportError:  # Without the library for CIF, a miniCBF is read all the same.
    cif = None  # type: ignore[assignment]  # none is there

MOST_BYTES = 4 << 20
MOST_LINES = 200
PICTURE = re.compile(rb"--CIF-BINARY-FORMAT-SECTION--")
NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
SAID = {
    "exposure_time_s": rf"Exposure_time\s+{NUMBER}",
    "exposure_period_s": rf"Exposure_period\s+{NUMBER}",
    "wavelength_a": rf"Wavelength\s+{NUMBER}",
    "energy_ev": rf"(?:Energy|Photon_energy)\s+{NUMBER}",
    "distance_m": rf"Detector_distance\s+{NUMBER}",
    "threshold_ev": rf"Threshold_setting:?\s+{NUMBER}",
    "count_cutoff": rf"Count_cutoff\s+{NUMBER}",
    "start_angle_deg": rf"Start_angle\s+{NUMBER}",
    "angle_increment_deg": rf"Angle_increment\s+{NUMBER}",
    "transmission": rf"Filter_transmission\s+{NUMBER}",
    "flux": rf"Flux\s+{NUMBER}",
}
PAIRS = {
    "beam_center_px": rf"Beam_xy\s+\(\s*{NUMBER},\s*{NUMBER}\s*\)",
    "pixel_size_m": rf"Pixel_size\s+{NUMBER}\s*m\s*x\s*{NUMBER}\s*m",
}
DETECTOR = re.compile(r"Detector:\s*([^,\n]+)(?:,\s*S/N\s*([^,\n]+))?")
TAKEN = re.compile(r"^#?\s*(\d{4}[-/]\w{2,3}[-/]\d{2}[T ]\d\d:\d\d:\d\d(?:\.\d+)?)", re.MULTILINE)
CONVENTION = re.compile(r'_array_data\.header_convention\s+"?([^"\s]+)')


def read(file: BinaryIO) -> dict[str, Any]:
    data = file.read(MOST_BYTES)
    picture = PICTURE.search(data)
    above = data[: picture.start()] if picture else data
    if not picture and not above.lstrip().startswith((b"###CBF", b"data_")):
        raise ValueError("this is no CBF")
    words = above.decode(errors="replace")
    told = {"picture": _picture(data[picture.end() : picture.end() + 2000])} if picture else {}
    found = re.search(r"_array_data\.header_contents\s*\n;(.*?)\n;", words, re.DOTALL)
    if found:
        convention = CONVENTION.search(words)
        return told | {"convention": convention[1] if convention else ""} | _mini(found[1])
    if cif is None:
        raise ValueError("a full CBF is read with gemmi, which is not installed")
    return told | cif.described(words + ("\n;\n" if words.rstrip().endswith(";") else ""))


def _mini(header: str) -> dict[str, Any]:
    lines = [line.strip("# \r") for line in header.splitlines()]
    told: dict[str, Any] = {"header": [text(line) for line in lines if line][:MOST_LINES]}
    if found := DETECTOR.search(header):
        told |= {"detector": text(found[1].strip())} | ({"serial_number": text(found[2].strip())} if found[2] else {})
    if found := TAKEN.search(header):
        told["taken_at"] = found[1]
    for name, pattern in SAID.items():
        if found := re.search(pattern, header):
            told[name] = number(float(found[1]))
    for name, pattern in PAIRS.items():
        if found := re.search(pattern, header):
            told[name] = [number(float(one)) for one in found.groups()]
    return told


def _picture(section: bytes) -> dict[str, Any]:
    words = section.partition(b"\x0c\x1a\x04\xd5")[0].decode("ascii", "replace")
    said = dict(re.findall(r"^([\w-]+):\s*(.*?)\s*$", words, re.MULTILINE))
    sizes = {"width": "X-Binary-Size-Fastest-Dimension", "height": "X-Binary-Size-Second-Dimension"}
    told: dict[str, Any] = {name: int(said[key][:9]) for name, key in sizes.items() if said.get(key, "")[:9].isdigit()}
    if "X-Binary-Element-Type" in said:
        told["element"] = text(said["X-Binary-Element-Type"].strip('"'))
    return told
