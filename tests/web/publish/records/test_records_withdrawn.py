"""A withdrawn record leaves a page that says so, to those who saw it, and a way there for those who may."""

import pytest

from apps.publish.models import Submission, Version
from tests.web.publish.records.conftest import page_of


@pytest.fixture
def withdraw(get, alice):
    def withdraw(version, user, text="Mislabelled crystals."):
        return get(f"/records/{version.submission_id}/withdraw/", user, method="post", data={"text": text})

    return withdraw


def test_its_author_withdraws_it_and_the_page_stays(version, withdraw, get, alice):
    answer = withdraw(version, alice)

    tombstone = get(answer["Location"], None)
    assert (answer["Location"], tombstone.status_code) == (page_of(version), 410)
    year = version.published_at.year
    for text in ("Lysozyme on a chip", "Mislabelled crystals.", f"({year}). Lysozyme on a chip (Version 1)"):
        assert text in tombstone.text
    for text in ("image_1.txt", "soaked too long", "PDL1"):
        assert text not in tombstone.text


def test_a_tombstone_has_no_formats_and_the_short_address_leads_there(version, withdraw, get, alice):
    withdraw(version, alice)

    assert get(f"/records/{version.submission_id}/")["Location"] == page_of(version)
    for name in ("json", "ris", "linkset"):
        assert get(page_of(version), data={"format": name}).status_code == 410


def test_who_never_saw_it_is_told_of_nothing(embargoed, withdraw, get, alice, bob, charlie):
    withdraw(embargoed, alice)

    for user in (charlie, None):
        for url in (page_of(embargoed), f"/records/{embargoed.submission_id}/"):
            assert get(url, user).status_code == 404
    told = get(page_of(embargoed), bob)  # the team saw the notes
    assert (told.status_code, "on a chip" in told.text) == (410, False)


def test_strangers_withdraw_nothing(version, withdraw, get, bob, charlie):
    url = f"/records/{version.submission_id}/withdraw/"

    for user, status in ((bob, 403), (charlie, 403), (None, 401)):
        assert [get(url, user).status_code, withdraw(version, user).status_code] == [status, status]
    assert Version.objects.get().state == "published"


def test_a_reason_is_asked_for_and_what_was_written_is_kept(version, withdraw, alice):
    answer = withdraw(version, alice, text="  ")

    assert answer.status_code == 400
    assert "Say why" in answer.text
    assert Submission.objects.get().state == "published"


def test_it_is_withdrawn_once_and_not_while_its_next_version_is_written(version, withdraw, get, alice):
    get(f"/records/{version.submission_id}/revise/", alice, method="post")

    assert withdraw(version, alice).status_code == 409
    assert Version.objects.get().state == "published"
