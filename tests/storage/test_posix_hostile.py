"""No spelling of a path and no link below the root leads out of it."""

import pytest

from apps.storage.backends.posix import PosixStorage
from apps.storage.errors import IllegalPath, NoSuchFile, NotAFile, NotAFolder
from apps.storage.types import EntryKind, FilePath
from tests.storage.hostile import ELSEWHERE, SECRET, SECRET_NAME, USES, World, descriptors, leaks

LINKS = (
    "to-folder to-file to-empty relative relative-file up slashes to-root to-process to-descriptors to-working-folder "
    "dangling loop chain through stays stays-file inside/nested inside/deep/" + SECRET_NAME
).split()
BELOW = ("", SECRET_NAME, "vault", f"vault/{SECRET_NAME}", "new", f"outside/{SECRET_NAME}", "0", "etc/passwd")
THROUGH_LINKS = [f"/{link}/{below}".rstrip("/") for link in LINKS for below in BELOW]
SPELLED_ILL = [
    "",
    ".",
    "..",
    "../outside",
    "/..",
    "/../outside/" + SECRET_NAME,
    "/inside/../../outside/" + SECRET_NAME,
    "/inside/..",
    "/inside/deep/../../../outside/vault",
    "/./inside",
    "/inside/.",
    "//etc/passwd",
    "/inside//file",
    "/inside/file//",
    "///",
    "/inside/file\0",
    "/inside\0/../../outside",
    "/\0",
    "etc/passwd",
    "~/x",
    "file:///etc/passwd",
    "/to-folder/../outside",
    "/" + "../" * 40 + "etc/passwd",
    "/" + "a" * 256,
    "/" + "a/" * 2100,
]
SPELLED_STRANGELY = [
    "/%2e%2e/outside/" + SECRET_NAME,
    "/..%2foutside",
    "/%00",
    "/..\\outside\\" + SECRET_NAME,
    "/..;/outside",
    "/.. /outside",
    "/ ../outside",
    "/...",
    "/．．/outside",
    "/‥/outside",
    "/\udcc0\udcae\udcc0\udcae/outside",
    "/..\u200b/outside",
    "/..\n/outside",
    "/~root",
    "/$HOME",
    "/-rf",
    "/*",
    "/inside/file/",
    "/proc/self/root",
    "/C:/",
    "/\\\\host\\share",
    "/inside/file:stream",
]


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    world.lay_links()
    return world


@pytest.fixture
def storage(world, kernel):
    return PosixStorage(root=str(world.base))


@pytest.mark.parametrize("text", SPELLED_ILL)
def test_what_is_spelled_ill_is_no_path(text):
    with pytest.raises(IllegalPath):
        FilePath.parse(text)


@pytest.mark.parametrize("use", USES)
def test_nothing_outside_is_read_or_touched(storage, world, use):
    for text in SPELLED_STRANGELY + THROUGH_LINKS:
        assert not leaks(use, storage, FilePath.parse(text)), text
        assert world.seen_outside() == world.before, text


@pytest.mark.parametrize("use", USES)
def test_a_strange_spelling_is_a_name_like_others(storage, world, use):
    """It means no place but its own: what it does not name stays, and so does what is inside."""
    for text in SPELLED_STRANGELY:
        leaks(use, storage, FilePath.parse(text))

    named = {entry.path.name for entry in storage.list(FilePath())}
    strange = {FilePath.parse(text).names[0] for text in SPELLED_STRANGELY}
    assert named <= {link.split("/")[0] for link in LINKS} | strange | {ELSEWHERE.name}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_told_and_not_followed(storage, link):
    path = FilePath.parse(f"/{link}")

    entry = storage.stat(path)

    assert (entry.kind, entry.size) == (EntryKind.LINK, 0)
    assert entry.target
    assert entry in list(storage.list(path.parent))
    for use, refusal in (("read", NotAFile), ("write", NotAFile), ("list", NotAFolder), ("copy from", NotAFile)):
        with pytest.raises(refusal):
            USES[use](storage, path)
    for use in ("stat", "list", "read", "write", "make_folder", "delete"):
        for below in (path / "file", path / "deep" / "file"):
            with pytest.raises(NoSuchFile):
                USES[use](storage, below)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_moves_and_goes_by_itself(storage, world, link):
    target = storage.stat(FilePath.parse(f"/{link}")).target

    storage.set_modified(FilePath.parse(f"/{link}"), storage.stat(FilePath()).modified_at)
    storage.rename(FilePath.parse(f"/{link}"), ELSEWHERE)
    assert storage.stat(ELSEWHERE).target == target
    storage.delete(ELSEWHERE)

    assert world.seen_outside() == world.before


def test_a_root_may_be_a_link_itself(world, tmp_path, kernel):
    (tmp_path / "shortcut").symlink_to(world.base)

    storage = PosixStorage(root=str(tmp_path / "shortcut"))

    assert b"".join(storage.read(FilePath(("inside", "file")))) == b"harmless"
    assert not leaks("read", storage, FilePath(("to-file",)))


def test_no_descriptor_is_left_open(storage):
    before = descriptors()

    for use in USES:
        for text in SPELLED_STRANGELY + THROUGH_LINKS:
            leaks(use, storage, FilePath.parse(text))

    assert descriptors() == before


def test_the_secret_would_be_recognised(tmp_path):
    """A storage that has it tells it: so the tests above would see it."""
    world = World(tmp_path)
    vault = PosixStorage(root=str(world.outside))

    assert leaks("read", vault, FilePath((SECRET_NAME,)))
    assert leaks("list", vault, FilePath(("vault",)))
    assert leaks("stat", vault, FilePath((SECRET_NAME,)))
    assert leaks("copy from", vault, FilePath((SECRET_NAME,)))
    assert b"".join(vault.read(FilePath((ELSEWHERE.name,)))) == SECRET
    assert world.seen_outside() != world.before
