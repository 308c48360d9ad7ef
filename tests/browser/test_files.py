"""The file manager in a browser: with a script and without, by hand and by keyboard, for everybody."""

import re

import pytest
from playwright.sync_api import expect

from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer.models import Task
from tests.browser.conftest import faults
from tests.browser.keys import Keys
from tests.browser.test_layout import MEASURE, MOST, shift
from tests.storage.beamline import admin, beamline, root, shared

__all__ = ["admin", "beamline", "root", "shared"]


@pytest.fixture
def files(visit, look, shared, root):
    """Opens a page of the collection as Alice, or as somebody else: ``files("?path=/open/", who="bob")``."""
    (root / "open" / "table.csv").write_text("image;hits\n1;2\n")
    (root / "open" / "hits.png").write_bytes(PICTURE)
    (root / "open" / "run.json").write_text('{"a": 1}')

    def files(path="", *, who="alice", **how):
        at = f"/collections/{shared.pk}/{path}"
        return look(at, who, **how) if who else visit(at, **how)

    return files


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
PAGES = [
    "",
    "?path=/open/&sort=-size",
    "?path=/open/&contains=zzz",
    "?path=/open/run7/",
    "?path=/nothing/",
    "?beside=choose",
    "preview?path=/open/read%20me.txt",
    "preview?path=/open/table.csv",
    "preview?path=/open/hits.png",
    "preview?path=/open/run.json",
    "new-folder/?path=/open/",
    "rename/?path=/open/page.html",
    "upload/?path=/open/",
    "share/?path=/open/",
    "share/?path=/open/&find=bob",
    "settings/",
    "settings/delete/",
]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_every_page_is_for_everybody_at_any_width(files, live_server, shared, bob, width, scheme):
    page = files(width=width, scheme=scheme)

    for path in [*PAGES, f"?path=/open/&beside={shared.pk}&beside-path=/open/", "../"]:
        page.goto(f"{live_server.url}/collections/{shared.pk}/{path}")
        assert (path, faults(page)) == (path, [])


def test_one_walks_through_folders_and_back_with_the_focus_in_place(files):
    page = files()

    page.get_by_role("link", name="open", exact=True).click()
    expect(page.get_by_role("link", name="read me.txt", exact=True)).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "a-1"
    page.get_by_role("link", name="Size").press("Enter")
    expect(page.get_by_role("columnheader", name="Size")).to_have_attribute("aria-sort", "descending")
    assert page.evaluate("document.activeElement.id") == "a-by-size"
    page.get_by_label("Name holds").fill("csv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Choose table.csv")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    for _ in range(3):
        page.go_back()
    expect(page.get_by_role("link", name="secret")).to_be_visible()


def test_what_is_chosen_is_counted_and_buttons_wait_for_it(files):
    page = files("?path=/open/")
    page.get_by_text("Actions").click()
    expect(page.get_by_role("button", name="Rename what is chosen")).to_be_disabled()

    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="Choose read me.txt").check()
    expect(page.get_by_text("1 chosen, 15 bytes")).to_be_visible()
    page.get_by_role("checkbox", name="Choose all that are listed").check()
    expect(page.get_by_text("6 chosen")).to_be_visible()
    page.get_by_text("Actions").click()

    expect(page.get_by_role("button", name="Rename what is chosen")).to_be_disabled()
    expect(page.get_by_role("button", name="Delete what is chosen")).to_be_enabled()
    assert faults(page) == []


def test_a_folder_is_made_in_a_dialog_that_tells_what_is_wrong(files, root):
    page = files("?path=/open/")
    page.get_by_text("Actions").click()
    page.get_by_role("link", name="New folder").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("run7")
    dialog.get_by_role("button", name="Make folder").click()
    expect(dialog.get_by_text("There is something of this name already.")).to_be_visible()
    assert faults(page) == []

    dialog.get_by_label("Name").fill("run 8")
    dialog.get_by_role("button", name="Make folder").click()

    expect(page.locator(".messages").get_by_text("The folder run 8 is made.")).to_be_visible()
    expect(page.get_by_role("link", name="run 8")).to_be_visible()
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "a-actions"
    assert (root / "open" / "run 8").is_dir()


def test_a_dialog_is_left_by_escape_and_gives_the_focus_back(files):
    page = files("?path=/open/")

    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Share /open")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Share")).to_be_focused()


def test_somebody_is_found_let_in_and_shut_out_in_the_dialog(files, charlie, shared):
    page = files("?path=/open/")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")

    dialog.get_by_placeholder("Name of a person or group").fill("charlie")
    dialog.get_by_role("button", name="Find").click()
    dialog.get_by_role("radio", name="Charlie (charlie@vitrine.local)").check()
    dialog.get_by_role("radio", name="Read and write").check()
    dialog.get_by_label("Last day", exact=False).last.fill("2999-01-31")
    dialog.get_by_role("button", name="Let in").click()
    expect(dialog.get_by_role("rowheader", name="charlie@vitrine.local")).to_be_visible()
    assert faults(page) == []
    assert storage.may(charlie, "rw", shared, FilePath.parse("/open/"))

    dialog.get_by_role("button", name="Remove the rule for charlie@vitrine.local at /open").click()
    expect(dialog.get_by_role("rowheader", name="charlie@vitrine.local")).to_have_count(0)
    assert not storage.may(charlie, "r", shared, FilePath.parse("/open/"))


def test_files_are_uploaded_several_at_once_and_large_ones_in_pieces(files, root):
    page = files("?path=/open/run7/")
    large = bytes(range(256)) * (17 * 4096 + 1)

    with page.expect_file_chooser() as chooser:
        page.get_by_role("link", name="Upload").click()
    small = [{"name": f"f {n} #%.txt", "mimeType": "text/plain", "buffer": b"%d" % n} for n in range(5)]
    chooser.value.set_files([*small, {"name": "large.bin", "mimeType": "", "buffer": large}])

    expect(page.locator("#uploads [data-state=done]")).to_have_count(6)
    expect(page.get_by_role("link", name="large.bin", exact=True)).to_be_visible()
    assert (root / "open" / "run7" / "large.bin").read_bytes() == large
    assert (root / "open" / "run7" / "f 3 #%.txt").read_bytes() == b"3"
    assert faults(page) == []


DROP = """async target => {
  const files = new DataTransfer();
  files.items.add(new File(["new words"], "read me.txt"));
  const pane = document.querySelector(target);
  for (const type of ["dragover", "drop"])
    pane.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def test_a_dropped_file_replaces_another_only_when_asked(files, root):
    page = files("?path=/open/")

    page.evaluate(DROP, "[data-side=a]")
    expect(page.get_by_text("There is a file of this name.")).to_be_visible()
    assert (root / "open" / "read me.txt").read_text() == "Hello, beamline"
    page.get_by_role("button", name="Replace it: read me.txt").click()

    expect(page.get_by_text("✓ Uploaded")).to_be_visible()
    assert (root / "open" / "read me.txt").read_text() == "new words"


def test_an_upload_goes_on_after_the_connection_was_lost(files, root):
    page = files("?path=/open/run7/")
    lost = []

    def lose(route):
        lost.append(route.request.headers["content-range"])
        route.abort() if len(lost) == 2 else route.fallback()

    page.route(re.compile(r"/files/.*upload="), lose)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("link", name="Upload").click()
    large = b"0123456789abcdef" * (20 << 16)
    chooser.value.set_files([{"name": "large.bin", "mimeType": "", "buffer": large}])

    expect(page.locator("#uploads [data-state=done]")).to_have_count(1, timeout=20_000)
    assert lost[2] == f"bytes */{len(large)}"
    assert (root / "open" / "run7" / "large.bin").read_bytes() == large


def test_who_may_not_write_drops_nothing(files, bob):
    page = files("?path=/open/", who="bob")

    page.evaluate(DROP, "[data-side=a]")

    expect(page.locator("#uploads")).to_be_hidden()
    expect(page.get_by_role("link", name="Upload")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_files_are_sent_to_the_other_pane(files, shared, script):
    page = files("?path=/open/", script=script)
    page.get_by_role("link", name="Open a second side").click()
    page.get_by_role("region", name="Open beside").get_by_role("link", name="Beamline").click()
    second = page.locator("[data-side=b]")
    second.get_by_role("link", name="secret").click()
    expect(second.get_by_role("link", name="plan.txt", exact=True)).to_be_visible()

    page.get_by_role("checkbox", name="Choose table.csv").check()
    page.get_by_role("button", name="Transfer to Beamline: what is chosen").first.click()

    expect(page).to_have_url(re.compile("/tasks/"))
    item = Task.objects.get().items.get()
    assert (item.source_key, item.destination_key) == ("/open/table.csv", "/secret/table.csv")


def test_everything_works_without_a_script(files, root, shared, team):
    page = files("?path=/open/", script=False)
    page.get_by_label("Name holds").fill("read")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(1)

    page.get_by_role("checkbox", name="Choose read me.txt").check()
    page.get_by_text("Actions").click()
    page.get_by_role("button", name="Rename what is chosen").click()
    page.get_by_label("Name").fill("read me first.txt")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_text("read me.txt is called read me first.txt now.")).to_be_visible()
    page.get_by_role("link", name="Upload").click()
    page.get_by_label("Files", exact=True).set_input_files({"name": "new.txt", "mimeType": "", "buffer": b"n"})
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("1 file is uploaded.")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    page.get_by_role("radio", name="All who are signed in").check()
    page.get_by_role("button", name="Let in").click()

    expect(page.get_by_text("All who are signed in may read /open now.")).to_be_visible()
    assert sorted(one.name for one in (root / "open").glob("*.txt")) == ["new.txt", "read me first.txt"]


def test_deleting_is_asked_about_in_a_dialog(files):
    page = files("?path=/open/")
    page.get_by_role("checkbox", name="Choose table.csv").check()
    page.get_by_text("Actions").click()
    page.get_by_role("button", name="Delete what is chosen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Delete 1 thing?")).to_be_visible()
    dialog.get_by_role("link", name="Keep").click()
    expect(dialog).to_be_hidden()
    assert not Task.objects.exists()

    page.get_by_text("Actions").click()
    page.get_by_role("button", name="Delete what is chosen").click()
    dialog.get_by_role("button", name="Delete").click()

    expect(page).to_have_url(re.compile("/tasks/"))
    assert Task.objects.get().task_type == Task.Type.DELETE


def test_a_visitor_sees_what_is_public(visit, shared, live_server, alice):
    storage.add_rule(collection=shared, actor=alice, principal="public", path=FilePath.parse("/open/"), permissions="r")
    page = visit(f"/collections/{shared.pk}/?path=/open/")

    page.get_by_role("link", name="read me.txt", exact=True).click()

    expect(page.get_by_role("region", name="Text of read me.txt")).to_have_text("Hello, beamline")
    page.goto(f"{live_server.url}/collections/{shared.pk}/?path=/secret/")
    expect(page.get_by_role("heading", name="Not for everybody to see")).to_be_visible()
    assert faults(page) == []


def test_the_file_manager_is_used_with_the_keyboard_alone(files, root):
    for number in range(40):
        (root / "open" / "run7" / f"frame {number}.cbf").touch()
    keys = Keys(files("?path=/open/"))

    keys.to("run7").press("Enter")
    expect(keys.page.locator("#a-count")).to_have_text("1 to 40 of 40")
    keys.to("Choose frame 39.cbf").press("Space").to("Choose frame 20.cbf", key="Shift+Tab").press("Space")
    expect(keys.page.get_by_text("2 chosen")).to_be_visible()
    keys.to("Actions", key="Shift+Tab").press("Enter").to("New folder").press("Enter")
    expect(keys.page.get_by_role("dialog")).to_be_visible()
    keys.to("Name").write("by keys").press("Enter")

    expect(keys.page.get_by_role("link", name="by keys")).to_be_visible()
    assert keys.where()["name"].startswith("Actions")


def test_a_page_of_files_stands_still_while_its_scripts_are_late(files):
    page = files("?path=/open/", first=MEASURE)
    home = page.url
    page.goto("about:blank")
    page.route("**/*.js", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(home)

    assert shift(page) < MOST


def test_a_page_that_cannot_be_reached_is_told_and_what_is_here_stays(files):
    page = files()
    page.route("**/collections/**", lambda route: route.abort())

    page.get_by_role("link", name="Size").click()

    expect(page.get_by_role("alert").get_by_text("The portal cannot be reached now.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Beamline")).to_be_visible()
