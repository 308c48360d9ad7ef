"""What goes between a mover and its helpers: plain values, since a model takes Django ten times as long to pack."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from apps.transfer.models import File
from apps.transfer.mover.faults import Fault
from apps.transfer.mover.hands import Errors, Stack
from apps.transfer.mover.work import Stopped

Parcel = list[tuple[Any, ...]]
THERE: tuple[str, ...] = ("id", "action", "source_key", "destination_key", "size", "modified_at", "version", "target")
THERE += ("wanted_checksum", "algorithm", "sent")
BACK: tuple[str, ...] = ("state", "size", "modified_at", "version", "algorithm", "checksum", "sent", "error_details")
_there, _back = attrgetter(*THERE), attrgetter(*BACK)


def packed(stack: Stack) -> Parcel:
    return list(map(_there, stack))


def unpacked(parcel: Parcel) -> Stack:
    return [File(**dict(zip(THERE, told, strict=True))) for told in parcel]


def answer(stack: Stack, errors: Errors) -> Parcel:
    """What became of the lines. Only errors that the other side knows go there as they are."""
    return [(_known(error), *_back(line)) for line, error in zip(stack, errors, strict=True)]


def write_into(stack: Stack, parcel: Parcel) -> Errors:
    """Tell the lines what became of them elsewhere."""
    for line, (_, *told) in zip(stack, parcel, strict=True):
        line.__dict__.update(zip(BACK, told, strict=True))
    return [error for error, *_ in parcel]


def _known(error: BaseException | None) -> BaseException | None:
    return error if error is None or isinstance(error, Fault | Stopped) else RuntimeError(repr(error))
