"""Has the images of the beamline looked at and published: a trigger starts the pipeline for every 512 of a chip."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.flows import services as flows
from apps.search import services as search
from apps.search.models import Index
from apps.storage.types import FilePath
from apps.triggers import services as triggers
from apps.triggers.models import Trigger
from apps.triggers.types import Batch, Files
from apps.web import links
from apps.web.sample.beamline.chips import SESSION, Chip
from apps.web.sample.beamline.place import COLUMNS, DATASETS, RAW, ROWS
from apps.web.sample.forms import INDEX
from apps.web.sample.places import BEAMLINE

NAME = "Serial crystallography, every 512 images"
PIPELINE = "serial_crystallography"
EVERY = 512
QUIET_S = 20
"""Then a chip is done, and what is left of it is a batch, too."""
ENOUGH_HITS = 400
"""A chip of the simulation has about 490."""
PATTERN = SESSION + "/{protein}/{letter}/{chip}_{experiment:int}_{number:int}.cbf"
CHIP = ("protein", "letter", "chip", "experiment")


def make_trigger(*, owner: User, now: datetime, every: int = EVERY) -> Trigger:
    """One that is there already is left as it is, with what its owner made of it. It begins at once.

    Raises:
        PortalError: the sample or the flow is not there, or not the owner's to use.
    """
    known = triggers.find_triggers(actor=owner).filter(name=NAME).first()
    if known is not None:
        return known
    index = search.get_index(name=INDEX, actor=owner)
    made = triggers.create_trigger(actor=owner, told=told_of(index, every), now=now)
    return triggers.begin_trigger(trigger=made, now=now)


def told_of(index: Index, every: int) -> triggers.Told:
    return triggers.Told(
        name=NAME,
        watched=_watched(every),
        flow_id=flows.ready_made_id(PIPELINE),
        body={"body": _input(index), "label.=": f"groups.chip + '_' + groups.experiment + ' of {SESSION}'"},
        most_at_once=2,
    )


def record_url(chip: Chip) -> str:
    """Where the record of a chip will be."""
    subject = f"globus://{BEAMLINE}{DATASETS}/{chip.folder}/{chip.stem}_images/"
    return links.absolute(links.record_url(INDEX, subject))


def _watched(every: int) -> Files:
    return Files(
        BEAMLINE,
        FilePath.parse(f"{RAW}/"),
        pattern=PATTERN,
        settle_s=2,
        every_s=5,
        batch=Batch(every, group_by=CHIP, quiet_s=QUIET_S),
        takes_old=True,  # What was written before somebody looked for the first time.
    )


def _input(index: Index) -> dict[str, object]:
    folder = f"'{DATASETS}/{SESSION}/' + groups.protein + '/' + groups.letter"
    return {
        "source": {"id.$": "$.collection", "path.$": "$.first.folder"},
        "files.$": "$.files[*].name",
        "destination": {
            "id.$": "$.collection",
            "path.=": f"{folder} + '/' + groups.chip + '_' + groups.experiment + '_images/'",
        },
        "steps": f"{COLUMNS}x{ROWS}",
        "enough_hits": ENOUGH_HITS,
        "search_index": str(index.pk),
        "creators": ["Alice (sample)"],
        "publisher": "Beamline 7 (example)",
        "beamline_input": {"energy": "12.663", "flux": "5e12", "det_distance": "60"},
    }
