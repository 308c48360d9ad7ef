"""A program in a process of its own, and that nothing of it is left."""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from apps.common.confined.errors import CannotStart, EndedBadly, SaidTooMuch, TookTooLong
from apps.common.confined.running import run
from apps.common.confined.types import Limits, Setting

STAYS = ["sh", "-c", "sleep 600 & setsid sleep 600 & echo $! > escaped; sleep 600"]
"""Begins others, of which one leaves its group."""


def are_gone(folder):
    """Whether nothing works in this folder any more, soon."""
    until = monotonic() + 10
    while found := [pid for pid in Path("/proc").iterdir() if pid.name.isdigit() and works_in(pid, folder)]:
        if monotonic() > until:
            return found
    return True


def works_in(process, folder):
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False


def test_what_it_says_comes_back():
    ended = run(["tr", "a-z", "A-Z"], b"beam" * 100_000)

    assert ended.output == b"BEAM" * 100_000


@pytest.mark.parametrize(
    ("program", "error", "told"),
    [
        ("echo no beam >&2; exit 3", EndedBadly, "with code 3, and said: no beam"),
        ("kill -SEGV $$", EndedBadly, "by signal SIGSEGV, and said nothing"),
        ("yes", SaidTooMuch, "more than 1,000,000 bytes"),
        ("yes >&2", SaidTooMuch, "more than 1,000,000 bytes"),
        ("while :; do :; done", TookTooLong, "1 s of a processor"),
        ("head -c 5000 /dev/zero > large", EndedBadly, "File too large"),
    ],
)
def test_what_goes_wrong_is_said(program, error, told, monkeypatch):
    monkeypatch.setattr("apps.common.confined.voices.MOST_MURMUR_BYTES", 1_000_000)
    setting = Setting(Limits(output_bytes=1_000_000, cpu_s=1, file_bytes=4000))

    with pytest.raises(error, match=told):
        run(["sh", "-c", f"trap '' XFSZ; {program}"], setting=setting)


def test_of_what_it_tells_beside_only_the_end_is_kept():
    ended = run(["sh", "-c", "seq 100000 >&2; echo done"], setting=Setting(Limits(output_bytes=100)))

    assert (ended.output, len(ended.murmur)) == (b"done\n", 4000)
    assert ended.murmur.endswith("\n99999\n100000\n")


def test_a_program_that_there_is_not():
    with pytest.raises(CannotStart, match="no-such-program: No such file"):
        run(["no-such-program"])


def test_nothing_of_the_portals_is_handed_down(monkeypatch):
    monkeypatch.setenv("VITRINE_SECRET_KEY", "S3CR3T")
    with Path(os.devnull).open() as kept:
        os.set_inheritable(kept.fileno(), True)
        ended = run(["sh", "-c", f"env; test -e /proc/self/fd/{kept.fileno()} && echo open; ulimit -c"])

    assert "VITRINE" not in ended.output.decode()
    assert ended.output.decode().endswith("\n0\n")
    assert "open" not in ended.output.decode().split()


def test_its_folder_goes_away_with_it():
    folder = Path(run(["pwd"]).output.decode().strip())

    assert not folder.exists()


def test_whoever_takes_too_long_is_ended_with_all_that_it_began(tmp_path):
    with pytest.raises(TookTooLong):
        run(STAYS, setting=Setting(Limits(seconds=0.5), folder=tmp_path))

    assert (tmp_path / "escaped").exists()
    assert are_gone(tmp_path) is True


def test_what_is_left_over_is_ended_too(tmp_path):
    run(["sh", "-c", "sleep 600 & setsid sleep 600 & exit 0"], setting=Setting(folder=tmp_path))

    assert are_gone(tmp_path) is True


def test_a_beat_can_end_it(tmp_path):
    beats = []

    def beat():
        beats.append(1)
        if len(beats) == 2:
            raise KeyError("canceled")

    with pytest.raises(KeyError, match="canceled"):
        run(STAYS, setting=Setting(folder=tmp_path, beat=beat))
    assert are_gone(tmp_path) is True


@pytest.mark.parametrize("whom", ["the portal", "the guardian"])
def test_a_kill_leaves_nothing(tmp_path, whom):
    command = [sys.executable, "-m", "tests.common.confined.portal", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as portal:
        while not (found := [pid for pid in Path("/proc").glob("[0-9]*") if works_in(pid, tmp_path)]):
            assert portal.poll() is None
        guardian = int((found[0] / "stat").read_text().rpartition(")")[2].split()[1])
        os.kill(portal.pid if whom == "the portal" else guardian, 9)

        assert are_gone(tmp_path) is True
