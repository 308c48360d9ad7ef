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
