"""``python tied.py PARENT SIGNAL COMMAND…`` becomes the command, which is sent the signal when its parent dies.

So nothing stays behind when the supervisor is killed outright. A file of its own that is executed, because what must
happen between fork and exec cannot be done safely in a parent that has threads. Only Linux has this; elsewhere a child
of a killed supervisor has to be stopped by hand.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, signal: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:
        sys.exit("The supervisor was gone before its child had started.")
    os.execvp(command[0], command)  # noqa: S606 - a list, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
