"""The forms that come with the portal are right, closed until somebody sets them up, and then theirs."""

import json
from io import StringIO
from pathlib import Path

import pytest
from datacite import schema45
from django.core.management import call_command

from apps.common.errors import NotAllowed
from apps.common.json_schema import errors_in
from apps.publish import document as documents
from apps.publish import services as publish
from apps.publish.errors import FormClosed, FormNotSetUp
from apps.publish.models import Form
from apps.publish.services import ready_made

FILES = sorted(ready_made.FOLDER.glob("*.json"))
DATACITE = {
    "titles": [{"title": "Lysozyme on a chip"}, {"title": "Test of a chip", "titleType": "Subtitle", "lang": "en"}],
    "creators": [
        {
            "name": "Curie, Marie",
            "nameType": "Personal",
            "nameIdentifiers": [{"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}],
            "affiliation": [{"name": "Example University"}],
        }
    ],
    "publisher": {"name": "Example Facility"},
    "publicationYear": "2026",
    "types": {"resourceTypeGeneral": "Dataset"},
    "contributors": [{"name": "Beamline 7", "nameType": "Organizational", "contributorType": "HostingInstitution"}],
    "dates": [{"date": "2026-01-05/2026-01-09", "dateType": "Collected"}],
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.1000/1", "relatedIdentifierType": "DOI", "relationType": "IsSupplementTo"}
    ],
    "descriptions": [{"description": "Images of crystals.", "descriptionType": "Abstract"}],
    "geoLocations": [{"geoLocationPoint": {"pointLatitude": 51.6, "pointLongitude": -1.3}}],
    "rightsList": [{"rightsIdentifier": "CC-BY-4.0", "rightsIdentifierScheme": "SPDX"}],
    "fundingReferences": [{"funderName": "Example Fund", "funderIdentifierType": "ROR"}],
}


def install():
    said = StringIO()
    call_command("install_forms", stdout=said)
    return said.getvalue()


@pytest.fixture
def installed(db):
    return {form.builtin: form for form, _ in publish.install_forms()}


def schema_of(name):
    return json.loads((ready_made.FOLDER / f"{name}.json").read_text())["schema"]


def faults(name, content):
    return list(errors_in(schema_of(name), content))


def told_parts(schema):
    """Every part that has a type, wherever it stands."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str) and isinstance(schema.get("title", ""), str):
            yield schema
        for one in schema.values():
            yield from told_parts(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from told_parts(one)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_wrong_with_them_and_all_that_is_asked_for_has_a_title(file):
    document = json.loads(file.read_text())

    assert documents.faults_in(document) == []
    assert [part for part in told_parts(document["schema"]) if "title" not in part] == [document["schema"]]
    assert not {"index", "collection", "flow"} & set(document)


def test_a_second_call_changes_nothing(db):
    assert "Serial-crystallography run: installed" in install()
    before = list(Form.objects.values_list("pk", "updated_at"))

    assert install() == ""
    assert list(Form.objects.values_list("pk", "updated_at")) == before
    assert {form.slug for form in Form.objects.all()} == {"datacite", "image-collection", "serial-crystallography"}


def test_a_new_release_changes_those_that_nobody_changed(installed):
    version = installed["datacite"].version
    version.document = {**version.document, "title": "An old release"}
    version.save()

    assert install() == "Dataset (DataCite 4.5): updated\n"
    assert Form.objects.get(builtin="datacite").version.number == 2


def test_what_an_administrator_set_up_or_deleted_stays_so(installed, dana, index):
    form, gone = installed["datacite"], installed["image_collection"]
    document = {**form.version.document, "title": "Datasets of ours", "index": str(index.pk)}
    publish.change_form(form=form, actor=dana, told=publish.FormChanges(document=document))
    publish.delete_form(form=gone, actor=dana)

    assert install() == ""
    assert publish.get_form("datacite", actor=dana).title == "Datasets of ours"
    assert publish.get_form("datacite", actor=dana).publisher == dana
    assert len(publish.find_forms(actor=dana)) == 2


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_all_who_are_signed_in_may_look_at_them_and_do_nothing_else(installed, request, who):
    user, form = request.getfixturevalue(who), installed["datacite"]

    assert list(publish.find_forms(actor=user)) == sorted(installed.values(), key=lambda one: one.title)
    assert publish.may_copy(user, form)
    with pytest.raises(NotAllowed):
        publish.begin_draft(form=form, actor=user)
    with pytest.raises(NotAllowed):
        publish.change_form(form=form, actor=user, told=publish.FormChanges(is_open=True))


def test_they_are_closed_until_it_is_said_where_they_publish_to(installed, dana, alice, index):
    form = installed["datacite"]
    with pytest.raises(FormClosed):
        publish.begin_draft(form=form, actor=dana)
    with pytest.raises(FormNotSetUp):
        publish.change_form(form=form, actor=dana, told=publish.FormChanges(is_open=True))

    document = {**form.version.document, "index": str(index.pk)}
    roles = {"submitter": ["all_authenticated_users"]}
    publish.change_form(form=form, actor=dana, told=publish.FormChanges(document=document, is_open=True, roles=roles))

    assert publish.begin_draft(form=publish.get_form("datacite", actor=alice), actor=alice).author == alice
    assert not publish.may_copy(alice, publish.get_form("datacite", actor=alice))


def test_a_dataset_that_the_form_takes_is_one_of_datacite(db):
    assert faults("datacite", DATACITE) == []

    schema45.validator.validate({**DATACITE, "schemaVersion": "http://datacite.org/schema/kernel-4"})


def test_the_lists_of_datacite_are_whole():
    told = json.loads((Path(schema45.__file__).parent / "schemas" / "datacite-v4.5.json").read_text())
    ours = {frozenset(part["enum"]) for part in told_parts(schema_of("datacite")) if "enum" in part}

    assert {frozenset(one["enum"]) for one in told["definitions"].values() if "enum" in one} <= ours


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"publicationYear": "26"}, ["publicationYear"]),
        ({"types": {"resourceTypeGeneral": "Data"}}, ["types", "resourceTypeGeneral"]),
        ({"dates": [{"date": "yesterday", "dateType": "Created"}]}, ["dates", 0, "date"]),
        ({"creators": []}, ["creators"]),
        (
            {
                "creators": [
                    {"name": "x", "nameIdentifiers": [{"nameIdentifier": "1", "nameIdentifierScheme": "ORCID"}]}
                ]
            },
            ["creators", 0, "nameIdentifiers", 0, "nameIdentifier"],
        ),
    ],
)
def test_what_datacite_would_refuse_is_refused_by_field(changed, place):
    assert [list(fault.absolute_path) for fault in faults("datacite", {**DATACITE, **changed})] == [place]
