"""The pages on which a submission is talked about and decided, as reviewer, author, editor, stranger and nobody."""

import pytest

from apps.publish import services as publish
from apps.publish.models import Comment, Submission
from tests.publish.conftest import urn
from tests.web.flows.conftest import text

LIST = "/publish/review/"


@pytest.fixture
def form(make_form, bob):
    """Bob reviews."""
    return make_form(reviewers=[urn(bob)])


@pytest.fixture
def sent(draft, alice):
    return publish.submit(submission=draft, actor=alice, revision=1, note="Please be quick.")


@pytest.fixture
def page(sent):
    return f"/publish/review/{sent.pk}/"


@pytest.fixture
def theirs(browser, bob):
    """The browser of a reviewer."""
    return browser(bob)


def now(sent):
    return Submission.objects.get(pk=sent.pk)


def test_what_waits_is_listed_for_who_decides(sent, page, browser, alice, bob, charlie):
    listed = {who: [one.url for one in browser(who).get(LIST).context["lines"]] for who in (alice, bob, charlie)}

    assert listed == {alice: [], bob: [page], charlie: []}
    assert browser().get(LIST).status_code == 302


def test_it_is_there_for_reviewers_and_those_who_write_it_alone(sent, page, browser, alice, bob, charlie, dana):
    for at in (page, f"{page}plan/", f"{page}links/"):
        assert [browser(who).get(at).status_code for who in (alice, bob, charlie, None)] == [200, 200, 404, 302], at
    assert browser(dana).get(page).context["may_decide"]


def test_its_author_sees_that_it_stands_there(sent, browser, alice):
    steps = browser(alice).get(f"/publish/drafts/{sent.pk}/").context["steps"]

    assert [(one.label, one.is_done, one.is_current) for one in steps] == [
        ("Files", True, False),
        ("Form", True, False),
        ("Plan", True, False),
        ("Review", False, True),
        ("Published", False, False),
    ]


def test_a_reviewer_reads_all_of_it_by_the_words_of_the_form(sent, page, theirs, team_urn):
    answer = theirs.get(page)

    lines = [(one.label, one.depth, [v.text for v in one.values]) for one in answer.context["lines"]]
    assert lines == [
        ("Title", 0, ["Lysozyme on a chip"]),
        ("Sample", 0, []),
        ("Protein", 1, ["Lysozyme"]),
        ("Notes", 0, ["soaked too long"]),
    ]
    assert [one.label for one in answer.context["missing"]] == ["Energy"]
    assert next((one.name, one.who.text) for one in answer.context["parts"]) == ("The record and its files", "Everyone")
    assert answer.context["lines"][3].who.kind == "group"
    assert "Please be quick." in text(answer)


def test_an_approval_publishes_it(sent, page, theirs):
    answer = theirs.post(page, {"do": "approve", "note": "Well done.", "revision": sent.revision}, follow=True)

    assert "It is approved, and is being published." in text(answer)
    assert now(sent).state == "publishing"
    assert [one.note for one in now(sent).events.filter(kind="approved")] == ["Well done."]


def test_it_is_sent_back_with_a_reason(sent, page, theirs):
    refused = theirs.post(page, {"do": "send_back", "note": " "})
    assert (refused.status_code, now(sent).state) == (400, "in_review")

    done = theirs.post(page, {"do": "send_back", "note": "Name the beamline."})

    assert (done["Location"], now(sent).state) == (LIST, "draft")
    assert theirs.get(page).status_code == 404  # a draft is its authors' again


def test_a_comment_beside_a_field_is_a_reason_too(sent, page, theirs):
    theirs.post(f"{page}comments/", {"pointer": "/energy", "text": "How much?"})

    theirs.post(page, {"do": "send_back", "note": ""})

    assert now(sent).state == "draft"


def test_what_was_changed_since_the_page_was_opened_is_not_approved(sent, page, theirs, alice):
    back = publish.take_back(submission=sent, actor=alice)
    told = publish.DraftChanges(content={**back.content, "title": "Another"})
    saved = publish.save_draft(submission=back, actor=alice, revision=back.revision, told=told)
    publish.submit(submission=saved, actor=alice, revision=saved.revision)

    answer = theirs.post(page, {"do": "approve", "revision": sent.revision, "note": "Fine."})

    assert (answer.status_code, now(sent).state) == (409, "in_review")
    assert "Another" in text(answer)
    assert "Fine." in text(answer)


def test_what_cannot_be_published_any_more_says_why(sent, page, theirs, form):
    publish.change_form(form=form, actor=form.publisher, told=publish.FormChanges(roles={}))
    sent.form_version.document["collection"] = "00000000-0000-4000-8000-000000000000"
    sent.form_version.save()

    answer = theirs.post(page, {"do": "approve", "revision": sent.revision})

    assert (answer.status_code, now(sent).state) == (409, "in_review")
    assert "It cannot be published as it is." in text(answer)


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_nobody_else_decides(sent, page, browser, who, request):
    for verb in ("approve", "send_back"):
        answer = browser(request.getfixturevalue(who)).post(page, {"do": verb, "note": "x", "revision": 1})
        assert answer.status_code == {"alice": 403, "charlie": 404}[who]
    assert now(sent).state == "in_review"


def test_an_editor_reads_and_comments_and_does_not_decide(sent, page, browser, alice, charlie):
    publish.share_submission(submission=sent, actor=alice, roles={"editor": [urn(charlie)]})

    answer = browser(charlie).get(page)

    assert [answer.context[name] for name in ("may_decide", "may_comment", "may_take_back")] == [False, True, False]
    assert browser(charlie).post(f"{page}comments/", {"text": "Mine too."}).status_code == 302
    assert browser(charlie).post(page, {"do": "take_back"}).status_code == 403
    assert browser(charlie).get(f"{page}links/").status_code == 403


def test_its_author_takes_it_back(sent, page, mine):
    mine.post(page, {"do": "take_back"})

    assert now(sent).state == "draft"


def test_a_comment_stands_at_its_field_and_is_settled_by_its_author(sent, page, theirs, mine):
    theirs.post(f"{page}comments/", {"pointer": "/sample/protein", "text": "Which one?"})
    asked = Comment.objects.get()

    line = next(one for one in mine.get(page).context["lines"] if one.pointer == "/sample/protein")
    settled = mine.post(f"{page}comments/{asked.pk}/", {"do": "settle"})

    assert [one.text for one in line.comments] == ["Which one?"]
    assert settled["Location"] == f"{page}#{line.anchor}"
    assert mine.get(page).context["open_comments"] == 0
    mine.post(f"{page}comments/{asked.pk}/", {"do": "open"})
    assert mine.get(page).context["open_comments"] == 1


def test_a_comment_on_what_is_gone_stays_with_the_whole(sent, page, theirs, mine, alice):
    theirs.post(f"{page}comments/", {"pointer": "/sample/protein", "text": "Which one?"})
    back = publish.take_back(submission=sent, actor=alice)
    told = publish.DraftChanges(content={"title": "T"})
    publish.save_draft(submission=back, actor=alice, revision=back.revision, told=told)

    said = mine.get(page).context["said"]

    assert [(one.place, one.text) for one in said] == [("Sample › Protein", "Which one?")]


@pytest.mark.parametrize("sending", [{}, {"text": " "}, {"text": "x", "pointer": "/nothing"}, {"text": "\0"}])
def test_what_is_no_comment_is_told(page, theirs, sending):
    answer = theirs.post(f"{page}comments/", sending, follow=True)

    assert answer.status_code == 200
    assert [one.level_tag for one in answer.context["messages"]] == ["bad"]
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("key", [0, 7, 10**30])
def test_comments_that_there_are_not_are_not_found(page, theirs, key):
    assert theirs.post(f"{page}comments/{key}/").status_code == 404


def test_strangers_say_nothing_and_make_no_links(sent, page, browser, charlie):
    for at in (f"{page}comments/", f"{page}comments/1/", f"{page}links/", f"{page}links/{sent.pk}/"):
        assert browser(charlie).post(at, {"text": "x", "days": "7"}).status_code == 404
        assert browser().post(at, {"text": "x", "days": "7"}).status_code == 302


def test_what_is_written_is_shown_as_text(sent, page, theirs):
    theirs.post(f"{page}comments/", {"pointer": "/title", "text": "<script>alert(1)</script>"})

    assert b"<script>alert" not in theirs.get(page).content


def test_differences_to_the_last_version_stand_before_it(make_form, draft_of, published, alice, bob, browser):
    first = published(draft_of(make_form()))
    again = publish.revise(submission=first.submission, actor=alice)
    told = publish.DraftChanges(content={"title": "Better", "sample": again.content["sample"], "energy": 12})
    publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told)

    answer = browser(alice).get(f"/publish/review/{again.pk}/")

    found = [(one.label, one.kind, one.before, one.after) for one in answer.context["differences"]]
    assert found == [
        ("Title", "changed", "Lysozyme on a chip", "Better"),
        ("Energy", "added", "", "12"),
        ("Notes", "removed", "soaked too long", ""),
    ]
    assert [one.label for one in answer.context["lines"] if one.is_changed] == ["Title", "Energy"]


def test_what_is_open_stands_above_the_draft_with_the_way_to_its_field(sent, page, theirs, mine):
    theirs.post(f"{page}comments/", {"pointer": "/sample/protein", "text": "Which one?"})
    theirs.post(page, {"do": "send_back", "note": ""})
    at = f"/publish/drafts/{sent.pk}/"

    comment = mine.get(at).context["comments"][0]
    settled = mine.post(f"{page}comments/{comment.key}/", {"do": "settle", "next": "draft"}, follow=True)

    assert (comment.place, comment.anchor) == ("Sample › Protein", "input/sample/protein")
    assert settled.redirect_chain == [(at, 302)]
    assert settled.context["comments"] == []


def test_the_first_page_of_publishing_says_what_waits(sent, theirs, mine):
    first = {who: who.get("/publish/").context for who in (theirs, mine)}

    assert [(first[who]["reviews"], first[who]["waiting"]) for who in (theirs, mine)] == [(True, 1), (False, 0)]
