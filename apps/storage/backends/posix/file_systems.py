"""Which file systems belong to this machine alone, so that its kernel knows of all that happens in them.

Those that are not named here may be written by other machines, or by a program behind the kernel's back: NFS, SMB,
Lustre, Ceph, GPFS, 9p, FUSE and all that is made with it. What is unknown is not trusted.
"""

from __future__ import annotations

import sys

from apps.storage.backends.posix.calls import file_system

_LOCAL = {
    0xEF53,  # ext2, ext3, ext4
    0x58465342,  # XFS
    0x9123683E,  # Btrfs
    0x2FC12FC1,  # ZFS
    0xCA451A4E,  # bcachefs
    0xF2F52010,  # F2FS
    0x3153464A,  # JFS
    0x794C7630,  # overlayfs, as in containers
    0x01021994,  # tmpfs
    0x858458F6,  # ramfs
    0x4D44,  # FAT
    0x2011BAB0,  # exFAT
    0x7366746E,  # NTFS
}


def is_local(descriptor: int) -> bool:
    return sys.platform == "linux" and file_system(descriptor) in _LOCAL
