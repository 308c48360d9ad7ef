"""The codes of findings. Programs know them: none is ever renamed. (Rules and templates add codes of their own.)"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    # Of the document
    NOT_JSON = "not-json"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_STATES = "too-many-states"
    # Of fields
    MISSING_FIELD = "missing-field"
    UNKNOWN_FIELD = "unknown-field"
    EXCLUSIVE_FIELDS = "exclusive-fields"
    WRONG_LANGUAGE = "wrong-language"  # a field of JSONata in JSONPath, or the other way round
    NOT_SUPPORTED = "not-supported"
    # Of values
    WRONG_KIND = "wrong-kind"
    WRONG_WORD = "wrong-word"
    EMPTY = "empty"
    OUT_OF_RANGE = "out-of-range"
    BAD_PATH = "bad-path"
    BAD_INTRINSIC = "bad-intrinsic"
    BAD_JSONATA = "bad-jsonata"
    BAD_URL = "bad-url"
    UNKNOWN_RUN_AS = "unknown-run-as"
    # Of states and the ways between them
    UNKNOWN_TYPE = "unknown-type"
    UNKNOWN_STATE = "unknown-state"
    BAD_NAME = "bad-name"
    DUPLICATE_STATE = "duplicate-state"
    NO_END = "no-end"
    ALL_NOT_ALONE = "all-not-alone"
    ALL_NOT_LAST = "all-not-last"
    # Warnings: legal, and usually wrong
    UNREACHABLE_STATE = "unreachable-state"
    ENDLESS_LOOP = "endless-loop"
    BUSY_LOOP = "busy-loop"
    UNWRITTEN_PATH = "unwritten-path"
    WIPES_STATE = "wipes-state"
    CHOICE_WITHOUT_DEFAULT = "choice-without-default"
    DEFAULT_WAIT_TIME = "default-wait-time"
    CATCH_NEVER_MATCHES = "catch-never-matches"
    UNKNOWN_ERROR = "unknown-error"
    RETRY_WITHOUT_EXCEPTION = "retry-without-exception"
    IGNORED_FIELD = "ignored-field"
    PRIVATE_MADE_PUBLIC = "private-made-public"
    ROLE_WITHOUT_TOKEN = "role-without-token"  # noqa: S105 - the name of a finding
    # Warnings that are told when they are asked for
    NOT_PORTABLE = "not-portable"
