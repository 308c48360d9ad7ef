"""The page of a published record tells of files, of who sees what, and of how it came to be: to whom it may."""

from apps.access import services as access
from apps.flows.models import Run
from apps.publish.models import Version
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.web.record.published.publication import Acts
from tests.publish.conftest import urn
from tests.web.publish.records.conftest import page_of, record_of


def test_files_are_listed_for_who_may_read_them(version, get):
    answer = get(record_of(version))
    files = answer.context["publication"].files

    assert (files.told, [one.name for one in files.lines]) == (
        "3 files, 21 bytes",
        [f"chip/image_{n}.txt" for n in range(3)],
    )
    assert b"".join(get(files.lines[0].url).streaming_content) == b"image 0"
    assert get(files.lines[0].preview_url).status_code == 200
    archive = get(files.archive.url, method="post", data={"chosen": files.archive.key})
    assert archive["Content-Type"] == "application/zip"


def test_files_are_told_once(version, get):
    for url in (record_of(version), page_of(version)):
        [entry] = get(url).context["page"].entries

        assert "Lysozyme" in str(entry.section)
        assert "image_0.txt" not in str(entry.section)


def test_who_may_not_read_them_is_told_how_many_there_are(version, archive, dana, get, charlie):
    shut(archive, dana)

    files = get(record_of(version), charlie).context["publication"].files

    assert (files.told, files.refused, files.lines) == ("", "3 files, 21 bytes", ())
    assert "Request access" in get(record_of(version), charlie).text
    assert "Sign in to read" in get(record_of(version)).text


def shut(archive, dana):
    for rule in storage.rules_of(archive, actor=dana):
        if rule.principal == "public":
            storage.remove_rule(rule=rule, actor=dana)


def test_one_file_that_is_let_out_is_listed_alone(version, archive, dana, get, charlie):
    shut(archive, dana)
    path = version.folder / "chip" / "image_1.txt"
    storage.add_rule(collection=archive, actor=dana, principal=urn(charlie), path=path, permissions="r")

    files = get(page_of(version), charlie).context["publication"].files

    assert ([one.name for one in files.lines], files.refused) == (["chip/image_1.txt"], "2 files, 14 bytes")
    assert (files.folder_url, files.archive) == ("", None)
    assert storage.may(charlie, "r", archive, FilePath()) is False


def test_pictures_among_the_files_are_shown_to_who_may_read_them(version, archive, dana, get):
    version.files_json = [{"path": f"{version.folder}/chip/map.png", "size": 9000}]
    version.save(update_fields=["files_json"])

    answer = get(page_of(version))

    [picture] = answer.context["publication"].files.pictures
    assert f'<img src="{picture.source}" alt="map.png" loading="lazy">' in answer.text
    shut(archive, dana)
    assert get(page_of(version)).context["page"].pictures == ()


def test_authors_see_who_sees_what_and_when_the_embargo_lifts(embargoed, get, alice, bob):
    seen = get(page_of(embargoed), alice).context["publication"].audience

    assert seen.opens == f"{embargoed.opens_at:%-d %b %Y}"
    assert [(one.name, one.now.text, one.then and one.then.text) for one in seen.parts] == [
        ("The record", "Only you", "Public"),
        ("Notes of the team", "Team and you", None),
    ]
    assert get(page_of(embargoed), bob).context["publication"].audience is None


def test_how_it_came_to_be_is_told_step_by_step_to_authors_and_shortly_to_others(version, get, alice, charlie):
    story = get(record_of(version), alice).context["publication"].story
    told = get(record_of(version), charlie)

    assert [one.what for one in story.events] == ["Begun", "Sent in", "Publishing started", "Published"]
    assert [one.name for one in story.steps] == ["Copy", "Permit", "Reserve", "Ingest", "Release"]
    assert get(story.run_url, alice).status_code == 200
    assert told.context["publication"].story is None
    assert f"Published with the form Runs on {version.published_at:%-d %b %Y}." in told.text


def test_the_run_leads_back_to_what_it_published_for_those_who_see_that(version, get, alice, charlie):
    def links(user):
        shown = get(f"/flows/runs/{version.run_id}/", user)
        return [(one.label, get(one.url, user).status_code) for one in shown.context["outcome"]]

    run = Run.objects.get(pk=version.run_id)
    access.grant(run.resource, "monitor", "all_authenticated_users")

    assert links(alice) == [("The record, version 1", 200), ("The submission", 200)]
    assert links(charlie) == [("The record, version 1", 200)]
    Version.objects.filter(pk=version.pk).update(parts_json=version.parts_json[1:])
    assert links(charlie) == []


def test_editors_revise_it_and_find_the_draft_there(version, get, alice, charlie):
    url = f"/records/{version.submission_id}/revise/"

    assert [get(url, user, method="post").status_code for user in (charlie, None)] == [404, 401]
    assert get(url, alice, method="post")["Location"] == f"/publish/drafts/{version.submission_id}/"
    acts = get(record_of(version), alice).context["publication"].acts
    assert (acts.revise_url, acts.draft_url, acts.withdraw_url) == ("", f"/publish/drafts/{version.submission_id}/", "")


def test_strangers_find_no_button(version, get, alice, charlie):
    alices, theirs = (get(record_of(version), user).context["publication"].acts for user in (alice, charlie))

    assert alices.revise_url
    assert alices.withdraw_url
    assert theirs == Acts()
