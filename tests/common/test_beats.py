"""What takes its time is beaten for as long as it takes, and not longer."""

from __future__ import annotations

import threading

from django.db import OperationalError

from apps.common.beats import beating

SOON_S = 0.005
WITHIN_S = 30


def heard(beats: threading.Semaphore, times: int) -> bool:
    return all(beats.acquire(timeout=WITHIN_S) for _ in range(times))


def test_beats_go_on_until_the_work_is_done():
    beats = threading.Semaphore(0)
    with beating(beats.release, every_s=SOON_S, what="work"):
        assert heard(beats, 3)

    while beats.acquire(blocking=False):
        pass
    assert not beats.acquire(timeout=10 * SOON_S)


def test_several_are_beaten_for_at_once_each_at_its_own_pace():
    late, slow, quick = (threading.Semaphore(0) for _ in range(3))
    with beating(late.release, every_s=WITHIN_S, what="late"), beating(slow.release, every_s=4 * SOON_S, what="slow"):
        with beating(quick.release, every_s=SOON_S, what="quick"):
            assert heard(quick, 2)
        assert heard(slow, 2)
    assert not late.acquire(blocking=False)


def test_what_is_soon_done_needs_no_thread_of_its_own():
    with beating(lambda: None, every_s=WITHIN_S, what="the first"):
        known = threading.active_count()
        for _ in range(100):
            with beating(lambda: None, every_s=WITHIN_S, what="another"):
                assert threading.active_count() <= known


def test_a_database_that_is_away_does_not_end_it():
    beats = threading.Semaphore(0)

    def beat() -> None:
        beats.release()
        raise OperationalError("away")

    with beating(beat, every_s=SOON_S, what="work"):
        assert heard(beats, 3)


def test_many_that_begin_and_end_at_once_are_each_beaten_for():
    def work() -> None:
        beats = threading.Semaphore(0)
        for _ in range(20):
            with beating(beats.release, every_s=SOON_S / 5, what="work"):
                assert heard(beats, 1)
        done.release()

    done = threading.Semaphore(0)
    for _ in range(8):
        threading.Thread(target=work, daemon=True).start()
    assert heard(done, 8)
