"""What a template may use, by the kind of its trigger, for who writes one."""

from __future__ import annotations

from dataclasses import dataclass

from apps.triggers.models import Trigger

Kind = Trigger.Kind


@dataclass(frozen=True, slots=True)
class Help:
    path: str
    words: str


_OF_KINDS = {
    Kind.FILES: (
        Help("$.collection", "the id of the collection"),
        Help("$.folder", "the folder that is watched"),
        Help("$.first.path", "the first file; also name, folder, size, modified_at and groups"),
        Help("$.files[*].path", "each of the files, and the same of it"),
        Help("$.groups.chip", "what {chip} in the pattern stands for, where it is the same for all"),
        Help("$.count", "how many files; $.bytes: how large all are together"),
        Help("$.described", "what is in the first file, if it is looked into"),
    ),
    Kind.WEBHOOK: (Help("$.body", "what was sent: $.body.sample is its member sample"),),
    Kind.MESSAGE: (Help("$.body", "what was sent: $.body.sample is its member sample"),),
    Kind.RUN_END: (
        Help("$.run.output", "what the run that ended made; its input is $.run.input"),
        Help("$.run.status", "how it ended; also id, url, label and tags"),
        Help("$.run.flow.title", "the flow that it is of; also its id"),
    ),
    Kind.RECORDS: (
        Help("$.records[*].subject", "each of the records; its metadata are content"),
        Help("$.first.subject", "the first of them, and the same of it"),
        Help("$.count", "how many; $.index: where they are"),
    ),
}
_COMMON = (
    Help("$.trigger.name", "this trigger; also id"),
    Help("$.firing.at", "when it happened; also id"),
    Help("$.owner.email", "you; also name"),
)


def help_of(kind: str) -> tuple[Help, ...]:
    return (*_OF_KINDS[Kind(kind)], *_COMMON)
