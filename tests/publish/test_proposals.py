"""Files propose what they tell, until somebody accepts it or says something else."""

import json

import h5py
import pytest

from apps.common.errors import Invalid
from apps.publish import services as publish
from apps.publish.errors import DraftChanged, NoSuchSubmission
from apps.publish.services import ready_made
from apps.publish.types import Chosen
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.publish.conftest import urn
from tests.storage.formats.test_crystals import MINI

RULES = [
    {"at": "/energy", "file": "*.h5", "header": "entry.instrument.beam.energy", "times": 0.001},
    {"at": "/sample/protein", "path": "/S12/(?P<value>[^/]+)/"},
    {"at": "/images", "file": "*.txt", "count": True},
    {"at": "/bytes", "file": "*.txt", "bytes": True},
    {"at": "/taken", "header": "modified_at"},
]


@pytest.fixture
def document(document):
    known = {
        **document["schema"]["properties"],
        "images": {"type": "integer", "maximum": 1000},
        "bytes": {"type": "integer"},
        "taken": {"type": "string", "format": "date"},
    }
    return {**document, "schema": {**document["schema"], "properties": known}, "proposals": RULES}


@pytest.fixture
def empty(form, alice):
    return publish.begin_draft(form=form, actor=alice)


@pytest.fixture
def measured(staging, tmp_path):
    """A folder as the beamline leaves it, and where it is."""
    folder = tmp_path / "staging" / "S12" / "PDL1"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"image_{number}.txt").write_text("image")
    with h5py.File(folder / "run.h5", "w") as file:
        file.create_dataset("entry/instrument/beam/energy", data=12663.0)
    return Chosen(str(staging.pk), FilePath(("S12", "PDL1")))


def choose(draft, actor, *files):
    return publish.choose_files(submission=draft, actor=actor, revision=draft.revision, files=files)


def test_headers_paths_and_numbers_of_files_are_proposed_as_the_form_asks(empty, alice, measured):
    draft = choose(empty, alice, measured)

    assert draft.content["energy"] == 12.663
    assert draft.content["sample"] == {"protein": "PDL1"}
    assert (draft.content["images"], draft.content["bytes"]) == (4, 20)
    assert len(draft.content["taken"]) == len("2027-01-31")
    assert draft.proposed["/energy"] == {"value": 12.663, "source": "the header of run.h5"}
    assert draft.proposed["/images"]["source"] == "4 files"


def test_what_somebody_wrote_is_not_proposed_over(draft, alice, measured):
    draft = choose(draft, alice, measured)

    assert draft.content["sample"] == {"protein": "Lysozyme"}
    assert "/sample/protein" not in draft.proposed
    assert draft.content["energy"] == 12.663


def test_what_goes_takes_with_it_what_it_proposed_alone(empty, alice, measured):
    draft = choose(empty, alice, measured)
    draft = publish.accept(submission=draft, actor=alice, revision=draft.revision, pointers=["/energy"])

    draft = choose(draft, alice)

    assert draft.content == {"energy": 12.663}
    assert draft.proposed == {}


def test_a_value_that_is_changed_is_proposed_no_longer(empty, alice, measured):
    draft = choose(empty, alice, measured)

    told = publish.DraftChanges(content={**draft.content, "energy": 13})
    draft = publish.save_draft(submission=draft, actor=alice, revision=draft.revision, told=told)

    assert "/energy" not in draft.proposed
    assert choose(draft, alice, measured).content["energy"] == 13


def test_items_of_lists_are_proposed_and_go_again(make_form, document, alice, measured):
    items = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
    properties = {**document["schema"]["properties"], "people": items, "names": {"type": "array", "items": {}}}
    rules = [{"at": f"/{place}", "path": "/S12/(?P<value>[^/]+)"} for place in ("people/0/name", "names/0")]
    form = make_form(schema={**document["schema"], "properties": properties}, proposals=rules)

    draft = choose(publish.begin_draft(form=form, actor=alice), alice, measured)
    assert draft.content == {"people": [{"name": "PDL1"}], "names": ["PDL1"]}

    assert choose(draft, alice, measured).content == draft.content
    again = publish.get_submission(draft.pk, actor=alice)
    assert choose(again, alice).content == {}


def test_all_are_accepted_at_once(empty, alice, measured):
    draft = choose(empty, alice, measured)

    draft = publish.accept(submission=draft, actor=alice, revision=draft.revision)

    assert (draft.proposed, draft.content["images"]) == ({}, 4)


def test_what_the_form_would_refuse_is_not_proposed(make_form, document, alice, measured):
    properties = {**document["schema"]["properties"], "images": {"type": "integer", "maximum": 3}}
    form = make_form(schema={**document["schema"], "properties": properties})

    draft = choose(publish.begin_draft(form=form, actor=alice), alice, measured)

    assert "images" not in draft.content


def test_a_co_author_reads_nothing_with_the_authors_eyes(empty, alice, bob, charlie, measured, staging, dana):
    publish.share_submission(submission=empty, actor=alice, roles={"editor": [urn(bob)]})

    with pytest.raises(Invalid, match="cannot be chosen"):
        choose(empty, bob, measured)
    with pytest.raises(NoSuchSubmission):
        choose(empty, charlie, measured)

    storage.add_rule(collection=staging, actor=dana, principal=urn(bob), path=FilePath(("S12",)), permissions="r")
    assert choose(empty, bob, measured).content["energy"] == 12.663


def test_looking_again_and_an_older_page(empty, alice, measured, tmp_path):
    draft = choose(empty, alice, measured)
    (tmp_path / "staging" / "S12" / "PDL1" / "image_4.txt").write_text("image")

    again = publish.propose(submission=draft, actor=alice, revision=draft.revision)

    assert again.content["images"] == 5
    with pytest.raises(DraftChanged):
        publish.propose(submission=again, actor=alice, revision=draft.revision)


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"at": "/colour", "count": True}, "/at"),
        ({"at": "/energy"}, ""),
        ({"at": "/energy", "count": True, "bytes": True}, ""),
        ({"at": "/energy", "path": "("}, "/path"),
        ({"at": "/energy", "path": "chip_(.*)"}, "/path"),
    ],
)
def test_rules_that_can_propose_nothing_are_told(document, dana, rule, place):
    faults = publish.check_form({**document, "proposals": [rule]}, actor=dana)

    assert {fault.pointer for fault in faults} == {f"/proposals/0{place}"}


def test_the_form_of_runs_reads_the_convention_of_a_beamline_and_its_headers(make_form, alice, staging, tmp_path):
    shipped = json.loads((ready_made.FOLDER / "serial_crystallography.json").read_text())
    said = {key: one for key, one in shipped.items() if key not in {"index", "collection", "visibility"}}
    folder = tmp_path / "staging" / "S12" / "PDL1" / "B"
    folder.mkdir(parents=True)
    (folder / "Bounce_7_37400.cbf").write_bytes(MINI)

    draft = choose(
        publish.begin_draft(form=make_form(**said), actor=alice), alice, Chosen(str(staging.pk), FilePath(("S12",)))
    )

    told = draft.content["project_metadata"]
    assert draft.content["dc"]["titles"] == [{"title": "Bounce_7"}]
    assert (told["run_name"], told["protein"], told["chip"], told["experiment_number"]) == ("S12", "PDL1", "Bounce", 7)
    assert (told["beamline_input"]["wavelength"], told["beamline_input"]["det_distance"]) == (0.97934, 320)
    assert draft.proposed["/project_metadata/protein"]["source"] == "the path /S12/PDL1/B/Bounce_7_37400.cbf"
