"""The shipped form of runs fills itself from the folder that a beamline leaves: its path, its files, their headers."""

import pytest
from django.core.management import call_command

from apps.publish import services as publish
from apps.publish.types import Chosen
from apps.storage.types import FilePath


@pytest.fixture
def form(dana, index, archive, installed):
    publish.install_forms()
    form = publish.get_form("serial-crystallography", actor=dana)
    document = {**form.version.document, "index": str(index.pk), "collection": str(archive.pk)}
    roles = {"submitter": ["all_authenticated_users"]}
    return publish.change_form(
        form=form, actor=dana, told=publish.FormChanges(document=document, roles=roles, is_open=True)
    )


@pytest.fixture
def run(staging, tmp_path):
    folder = tmp_path / "staging" / "ssx" / "S12" / "PDL1" / "B"
    call_command("make_measurements", folder, stem="Bounce_7", count=3, verbosity=0)
    return Chosen(str(staging.pk), FilePath.parse("/ssx/S12/PDL1/B/"))


def test_a_run_is_proposed_whole(form, run, alice):
    draft = publish.begin_draft(form=form, actor=alice)

    draft = publish.choose_files(submission=draft, actor=alice, revision=draft.revision, files=[run])

    assert draft.content == {
        "dc": {"titles": [{"title": "Bounce_7"}], "dates": [{"date": "2021-04-21"}]},
        "project_metadata": {
            "run_name": "S12",
            "protein": "PDL1",
            "chip": "Bounce",
            "experiment_number": 7,
            "trigger_name": "/ssx/S12/PDL1/B/Bounce_7_0.cbf",
            "batch_info": {"cbf_files": 3},
            "beamline_input": {
                "wavelength": 0.9795,
                "flux": 5e12,
                "attenuation": 1,
                "exposure_time": 0.009,
                "detector": "PILATUS3 6M",
                "det_distance": 60,
            },
        },
    }
    assert {fault.pointer for fault in publish.faults_of(draft)} == {
        "/dc/creators",
        "/dc/publicationYear",
        "/dc/publisher",
    }
    assert len(draft.proposed) == 14
