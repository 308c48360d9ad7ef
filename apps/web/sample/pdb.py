"""Entries of the Protein Data Bank, from the file beside this one (``ORIGIN.md`` says where it is from)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from apps.search.types import PUBLIC, EntryDraft

FILE = Path(__file__).with_name("pdb_entries.csv")

PRESENTATION: dict[str, object] = {
    "title": "pdb_id",
    "summary": [
        {"path": "classification", "label": "Classification"},
        {"path": "structure.resolution", "label": "Resolution", "unit": "Å", "kind": "number"},
        {"path": "structure.residues", "label": "Residues", "kind": "number"},
        {"path": "structure.molecular_weight", "label": "Weight", "unit": "Da", "kind": "number"},
        {"path": "crystallization.ph", "label": "pH", "kind": "number"},
        {"path": "publication_year", "label": "Year", "kind": "number"},
    ],
    "facets": [
        {"path": "experimental_techniques", "label": "Technique"},
        {"path": "classification", "label": "Classification"},
        {"path": "macromolecule_types", "label": "Macromolecule"},
        {"path": "crystallization.method", "label": "Crystallization method"},
        {"path": "structure.resolution", "label": "Resolution", "unit": "Å", "kind": "number"},
        {"path": "crystallization.ph", "label": "pH", "kind": "number"},
        {"path": "crystallization.temperature", "label": "Temperature", "unit": "K", "kind": "number"},
        {"path": "publication_year", "label": "Year", "kind": "number"},
    ],
    "charts": [
        {"type": "years", "path": "publication_year", "label": "By year of publication"},
        {"type": "bars", "path": "crystallization.method", "label": "By crystallization method"},
        {"type": "histogram", "path": "structure.resolution", "label": "Resolution"},
    ],
}


def entries() -> Iterator[EntryDraft]:
    """All entries, in the order of the file; all of them public, as the archive is."""
    with FILE.open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            subject = f"https://www.rcsb.org/structure/{row['structureId']}"
            yield EntryDraft(subject=subject, content=content(row), visible_to=(PUBLIC,))


def content(row: dict[str, str]) -> dict[str, object]:
    """One row as a nested document; what is missing in the row is missing in it."""
    return _present(
        {
            "pdb_id": row["structureId"],
            "classification": row["classification"],
            "experimental_techniques": row["experimentalTechnique"].split(", "),
            "macromolecule_types": _parts(row["macromoleculeType"]),
            "publication_year": _whole(row["publicationYear"]),
            "structure": _present(
                {
                    "residues": _whole(row["residueCount"]),
                    "resolution": _number(row["resolution"]),
                    "molecular_weight": _number(row["structureMolecularWeight"]),
                    "matthews_coefficient": _number(row["densityMatthews"]),
                    "solvent_percent": _number(row["densityPercentSol"]),
                }
            ),
            "crystallization": _present(
                {
                    "method": row["crystallizationMethod"],
                    "temperature": _number(row["crystallizationTempK"]),
                    "ph": _number(row["phValue"]),
                    "details": row["pdbxDetails"],
                }
            ),
        }
    )


def _present(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def _parts(cell: str) -> list[str]:
    return cell.split("#") if cell else []


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _whole(cell: str) -> int | None:
    return int(float(cell)) if cell else None
