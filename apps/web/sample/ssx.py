"""Made-up runs of fixed-target serial crystallography (SSX), in the shape that a beamline's portal has.

The records keep the traps of real ones: a hit rate is missing in some; ``x_num_steps`` is a number in old ones and
``"1000x100"`` or ``"-"`` in new ones; numbers are written as strings, or as ``""`` and ``"n/a"``; one protein has two
names and one space group three spellings; a record has several dates; some were published again as a higher version;
and some have a second entry that fewer people see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from apps.search.types import ALL_AUTHENTICATED, PUBLIC, EntryDraft

COLLECTION = "6f1d2a44-7c15-4b0e-9d53-2f6a0c9be7c2"
CHIPS = ["Agate", "Amber", "Beryl", "Bounce", "Coral", "Garnet", "Jasper", "Mica", "Onyx", "Opal", "Quartz", "Topaz"]
BEGINNINGS = {
    run: datetime.fromisoformat(f"{day}T08:00:00+00:00")
    for run, day in {
        "S8": "2020-02-11", "S9": "2020-09-22", "S10": "2020-12-01", "S11": "2021-01-19", "S12": "2021-04-20",
        "S13": "2021-10-05", "S14": "2022-03-15", "S15": "2022-11-08", "S16": "2023-06-13", "S17": "2024-10-01",
        "S18": "2025-05-20",
    }.items()
}  # fmt: skip
RUNS = list(BEGINNINGS)
OLD_RUNS = {"S8", "S9", "S10", "S11"}


@dataclass(frozen=True, slots=True)
class Protein:
    """``share`` is how often it was measured; ``spellings`` are those of its space group."""

    name: str
    share: int
    spellings: tuple[str, ...]
    unit_cell: tuple[float, ...]
    full_name: str


PROTEINS = [
    Protein("PDL1", 22, ("p212121", "P 21 21 21"), (68.2, 104.6, 115.1, 90, 90, 90), "Programmed death-ligand 1"),
    Protein("Nsp10/16", 20, ("p3121", "P 31 2 1"), (168.4, 168.4, 52.1, 90, 90, 120), "SARS-CoV-2 Nsp10/Nsp16"),
    Protein("StTrpAB", 18, ("c121", "C 1 2 1"), (184.3, 60.9, 67.4, 90, 94.6, 90), "Tryptophan synthase"),
    Protein("Lysozyme", 13, ("p43212", "P43212", "P 43 21 2"), (79.45, 79.45, 38.45, 90, 90, 90), "Lysozyme"),
    Protein("Nsp15", 12, ("p63", "P 63"), (150.8, 150.8, 111.5, 90, 90, 120), "SARS-CoV-2 NendoU"),
    Protein("KRAS", 7, ("h32", "R 3 2 H"), (92.1, 92.1, 121.3, 90, 90, 120), "KRAS G12D"),
    Protein("IspD", 5, ("p41212", "P 41 21 2"), (73.3, 73.3, 168.0, 90, 90, 90), "IspD"),
    Protein("LYSO", 3, ("p43212", "P 43 21 2"), (79.1, 79.1, 38.2, 90, 90, 90), "Lysozyme"),
]
SHARES = [protein.share for protein in PROTEINS]
IMAGES = (256, 400, 900, 1600, 6400, 25_600, 37_400, 40_000)
NOTES = (
    "Apo crystals, no soak; helium path on.",
    "Crystals soaked 5 min in ligand, chip covered at 85 % humidity.",
    "Soaking time 30 min, second chip of the night.",
    "Microcrystals from batch, soaked in 10 mM compound 4.",
    "Long soak over night; some wells dried out at the edge.",
    "Chip was tilted; the lower left block is out of focus.",
    "Beam dump after two thirds, resumed at the same row.",
    "",
)
VERDICTS = (
    "Weak density for the ligand; repeat with a longer soak before the next allocation.",
    "Ligand bound in chain A only. Not to be shown before the paper is out.",
    "Radiation damage at the disulfides: halve the exposure.",
)
PRESENTATION: dict[str, object] = {
    "title": "dc.titles.title",
    "thumbnail": "files.url",
    "summary": [
        {"path": "project_metadata.protein", "label": "Protein"},
        {"path": "project_metadata.batch_info.hit_rate", "label": "Hit rate", "unit": "%", "kind": "number"},
        {"path": "project_metadata.batch_info.cbf_files", "label": "Images", "kind": "number"},
        {"path": "project_metadata.batch_info.total_number_of_int_files", "label": "Indexed", "kind": "number"},
        {"path": "project_metadata.user_input.space_group", "label": "Space group"},
        {"path": "dc.dates.date", "label": "Processed", "kind": "date"},
    ],
    "facets": [
        {"path": "project_metadata.protein", "label": "Protein"},
        {"path": "project_metadata.run_name", "label": "Run"},
        {"path": "dc.dates.date", "label": "Date processed", "kind": "date"},
        {"path": "project_metadata.batch_info.hit_rate", "label": "Hit rate", "unit": "%", "kind": "number"},
        {"path": "project_metadata.batch_info.cbf_files", "label": "Images", "kind": "number"},
        {"path": "project_metadata.batch_info.total_number_of_int_files", "label": "Indexed", "kind": "number"},
        {"path": "project_metadata.user_input.space_group", "label": "Space group"},
    ],
    "charts": [
        {"type": "years", "path": "dc.dates.date", "label": "By year"},
        {
            "type": "grid",
            "path": "project_metadata.protein",
            "across": "project_metadata.run_name",
            "label": "Protein by run",
        },
        {"type": "histogram", "path": "project_metadata.batch_info.hit_rate", "label": "Hit rate"},
    ],
}


@dataclass(frozen=True, slots=True)
class Readers:
    """Whom the records are for: the beamline's group as a rule; ``investigator`` alone for a few."""

    group: str
    investigator: str

    @property
    def folders(self) -> dict[str, str]:
        """The folder of the collection in which datasets for the same readers lie together, and who they are."""
        return {
            "ssx/open": PUBLIC,
            "ssx/members": ALL_AUTHENTICATED,
            "ssx/group": self.group,
            "ssx/investigator": self.investigator,
        }


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured: one chip, and where it lies."""

    name: str
    protein: Protein
    letter: str
    chip: str
    experiment: int
    at: datetime
    folder: str

    @property
    def path(self) -> str:
        return f"{self.name}/{self.protein.name.replace('/', '-')}/{self.letter}/{self.chip}_{self.experiment}"

    @property
    def subject(self) -> str:
        return f"globus://{COLLECTION}/{self.folder}/{self.path}_images/"


def entries(count: int, *, readers: Readers, seed: int = 1) -> Iterator[EntryDraft]:
    """The entries of ``count`` subjects, always the same ones for a seed; a stream, whatever the count.

    There are more entries than subjects: some come again as version 2, some have a second one with notes.
    """
    random = Random(seed)  # noqa: S311 - not a secret
    done: Counter[tuple[str, str, str]] = Counter()
    folders = readers.folders
    for _ in range(count):
        run = _run(random, done)
        visible_to = (folders[run.folder],)
        first = EntryDraft(subject=run.subject, content=_content(run, random), visible_to=visible_to)
        yield first
        if random.random() < 0.08:
            verdict: dict[str, object] = {
                "notes": {"author": "Principal investigator", "text": random.choice(VERDICTS)}
            }
            yield EntryDraft(subject=run.subject, entry_id="notes", content=verdict, visible_to=(readers.investigator,))
        if random.random() < 0.03:
            yield EntryDraft(subject=run.subject, content=_again(first.content, run), visible_to=first.visible_to)


def _folder(random: Random) -> str:
    drawn = random.random()
    if drawn < 0.12:
        return "ssx/open"
    if drawn < 0.18:
        return "ssx/members"
    if drawn < 0.22:
        return "ssx/investigator"
    return "ssx/group"


def _run(random: Random, done: Counter[tuple[str, str, str]]) -> Run:
    name, chip = random.choice(RUNS), random.choice(CHIPS)
    protein = random.choices(PROTEINS, SHARES)[0]
    place = (name, protein.name, chip)
    done[place] += 1
    at = BEGINNINGS[name] + timedelta(microseconds=random.randrange(3 * 86_400_000_000))
    return Run(name, protein, random.choice("ABCD"), chip, done[place], at, _folder(random))


def _content(run: Run, random: Random) -> dict[str, object]:
    images = random.choice(IMAGES)
    hit_rate = round(min(max(random.gauss(18, 12), 0), 100), 2)
    indexed = round(images * hit_rate / 100)
    batch: dict[str, object] = {
        "cbf_files": images,
        "cbf_file_range": {"from": 0, "to": images - 1},
        "total_number_of_int_files": indexed,
    }
    if random.random() > 0.06:
        batch["hit_rate"] = hit_rate
    processed = run.at + timedelta(seconds=random.randrange(1800, 14_400))
    return {
        "dc": {
            "titles": [{"title": f"{run.chip}_{run.experiment}_images"}],
            "creators": [{"name": name} for name in ("Alice (sample)", "Bob (sample)")[: random.choice((1, 1, 2))]],
            "publicationYear": str(run.at.year),
            "publisher": {"name": "Beamline 7 (example)"},
            "dates": [_date("Created", run.at), _date("Updated", processed.replace(microsecond=0))],
            "version": "1",
        },
        "files": _files(run, random),
        "project_metadata": {
            "project-slug": "ssx",
            "run_name": run.name,
            "chip": run.chip,
            "experiment_number": run.experiment,
            "protein": run.protein.name,
            "trigger_name": f"/data/SSX/{run.path}_{images}.cbf",
            "batch_info": batch,
            "beamline_input": _beamline(random),
            "user_input": _user_input(run, random),
        },
    }


def _beamline(random: Random) -> dict[str, object]:
    limit = random.choice((1.19, 1.35, 1.6, 1.9))
    return {
        "energy": random.choice(("12.663", "12.4", "13.1")),
        "flux": random.choice(("~5x10^12", "5e12", "n/a", "")),
        "det_distance": random.choice(("200", "150", "250")),
        "resolution": f"{limit}-{limit + 0.26:.2f}",
        "beam_size": random.choice(("5x5", "10x7", "n/a")),
        "attenuation": random.choice(("1", "0.5", "")),
    }


def _user_input(run: Run, random: Random) -> dict[str, object]:
    scale = random.gauss(1, 0.002)
    lengths = (f"{length * scale:.2f}" for length in run.protein.unit_cell[:3])
    angles = (f"{angle:g}" for angle in run.protein.unit_cell[3:])
    steps: object = (
        random.choice((100, 400, 1000)) if run.name in OLD_RUNS else random.choice(("1000x100", "400x64", "-"))
    )
    return {
        "space_group": random.choice(run.protein.spellings),
        "unit_cell": ",".join((*lengths, *angles)),
        "x_num_steps": steps,
        "prot_name": run.protein.full_name,
        "notes": random.choice(NOTES),
    }


def _files(run: Run, random: Random) -> list[dict[str, object]]:
    """What lies in the folder of a dataset somewhere else: these are names alone. ``files.shelf`` writes real ones."""
    kinds = (
        (f"beamline_run{run.experiment}.json", "application/json", 6_000),
        (f"process_{run.experiment}.phil", "text/plain", 3_000),
        (f"{run.chip}_ints.txt", "text/plain", 32_000),
        ("ints.tar.gz", "application/gzip", 48_000_000),
    )
    return [
        {
            "filename": name,
            "url": f"{run.subject}{name}",
            "mime_type": mime_type,
            "length": random.randrange(length // 2, length * 2),
            "sha256": f"{random.getrandbits(256):064x}",
        }
        for name, mime_type, length in kinds
    ]


def _date(kind: str, at: datetime) -> dict[str, str]:
    return {"dateType": kind, "date": at.astimezone(UTC).isoformat().replace("+00:00", "Z")}


def _again(content: dict[str, object], run: Run) -> dict[str, object]:
    """The same dataset, processed a month later with better settings."""
    core = content["dc"]
    assert isinstance(core, dict)
    later = _date("Updated", (run.at + timedelta(days=30)).replace(microsecond=0))
    return {**content, "dc": {**core, "version": "2", "dates": [*core["dates"], later]}}
