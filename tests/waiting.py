"""Waiting for what happens elsewhere: for a claim to hold, never for a time to pass."""

import time


def until(claim, *, within_s=30.0):
    """Wait until the claim holds, and give back what it said."""
    deadline = time.monotonic() + within_s
    while not (answer := claim()):
        assert time.monotonic() < deadline, f"not within {within_s} s: {claim.__name__}"
        time.sleep(0.05)
    return answer
