"""CIF and mmCIF: the crystal, and for each block its single values and how large its tables are."""

from __future__ import annotations

from typing import Any, BinaryIO

from gemmi import cif

from apps.storage.formats.plain import number, text

MOST_BYTES = 64 << 20
MOST_BLOCKS = 20
MOST_VALUES = 300
MOST_TABLES = 200
LENGTHS, ANGLES = ("length_a", "length_b", "length_c"), ("angle_alpha", "angle_beta", "angle_gamma")
ABOUT = {
    "title": ("_struct.title", "_publ_section_title"),
    "space_group": ("_symmetry.space_group_name_H-M", "_space_group_name_H-M_alt", "_symmetry_space_group_name_H-M"),
    "formula": ("_chemical_formula_sum",),
    "method": ("_exptl.method",),
    "released_on": ("_pdbx_database_status.recvd_initial_deposition_date", "_audit_creation_date"),
}
NUMBERS = {"resolution_a": ("_reflns.d_resolution_high", "_refine.ls_d_res_high", "_em_3d_reconstruction.resolution")}


def read(file: BinaryIO) -> dict[str, Any]:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"CIF is read up to {MOST_BYTES >> 20} MiB")
    return described(data.decode(errors="replace"))


def described(words: str) -> dict[str, Any]:
    document = cif.read_string(words)
    blocks = [_block(block) for block in list(document)[:MOST_BLOCKS]]
    return {"blocks": blocks, "is_cut": len(document) > MOST_BLOCKS or any(block.pop("is_cut") for block in blocks)}


def _block(block: Any) -> dict[str, Any]:
    pairs = [item.pair for item in block if item.pair is not None]
    loops = [item.loop for item in block if item.loop is not None]
    values = {text(tag): text(cif.as_string(value)) for tag, value in pairs[:MOST_VALUES] if not cif.is_null(value)}
    tables = [{"columns": [text(tag) for tag in loop.tags[:MOST_TABLES]], "rows": loop.length()} for loop in loops]
    told = {"name": text(block.name), "crystal": _crystal(block), "values": values, "tables": tables[:MOST_TABLES]}
    return told | {"is_cut": len(pairs) > MOST_VALUES or len(loops) > MOST_TABLES}


def _crystal(block: Any) -> dict[str, Any]:
    """What most ask for, by one name, whichever dictionary the file keeps to."""
    told: dict[str, Any] = {}
    for name, tags in ABOUT.items():
        if found := _first(block, tags):
            told[name] = text(cif.as_string(found))
    for name, tags in NUMBERS.items():
        if found := _first(block, tags):
            told[name] = number(cif.as_number(found))
    cell = [
        number(cif.as_number(_first(block, (f"_cell.{part}", f"_cell_{part}")) or "?")) for part in LENGTHS + ANGLES
    ]
    return told | ({"cell": cell} if None not in cell else {})


def _first(block: Any, tags: tuple[str, ...]) -> str | None:
    """Of several, the first that says something; of a table, its first row."""
    for tag in tags:
        for value in block.find_values(tag):
            if not cif.is_null(value):
                return str(value)
            break
    return None
