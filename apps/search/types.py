"""The one form of every question and answer about records.

URL parameters, both versions of the JSON document, pages and exports are parsed into ``Query``; a backend gets a
``Query`` and an ``Audience`` and answers with ``Results``. Nothing here knows a database, an engine or HTTP.

Paths are canonical (``apps.search.paths``). Instants are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

PUBLIC = "public"
ALL_AUTHENTICATED = "all_authenticated_users"


class Kind(StrEnum):
    """What a leaf is. A string that is an ISO date is a ``DATE`` and a ``STRING``."""

    NUMBER = "number"
    DATE = "date"
    STRING = "string"
    BOOLEAN = "boolean"
    POINT = "point"
    SHAPE = "shape"


Scalar = str | float | int | bool


# --- who asks, and where -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose eyes an answer is for: a set of principals, or (``principals is None``) someone who bypasses visibility."""

    principals: frozenset[str] | None

    @classmethod
    def everything(cls) -> Audience:
        """Sees each subject's whole view. For administrators of the index who asked for it, and for our own counts."""
        return cls(None)

    def sees(self, visible_to: list[str] | frozenset[str]) -> bool:
        """Whether an entry with this ``visible_to`` is visible."""
        return self.principals is None or not self.principals.isdisjoint(visible_to)


@dataclass(frozen=True, slots=True)
class Store:
    """One generation of one index as an engine holds it.

    ``depth`` is the largest number of principals' sets that a view of this index needs at once: 0 while each subject
    has one visibility (then one clause filters), more when subjects have several (``ViewDocument.required``).
    """

    index_id: str
    generation: int
    depth: int = 0
    is_stemmed: bool = True

    @property
    def name(self) -> str:
        return f"{self.index_id}-{self.generation}"


# --- clauses: filters and text are one tree ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches all."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches none."""


@dataclass(frozen=True, slots=True)
class Match:
    """The path holds any of these values: exact, case included; ``True``, ``1`` and ``"1"`` are three values."""

    path: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """One value of the path lies between the bounds. ``kind`` is NUMBER (doubles) or DATE (epoch milliseconds, whole).

    ``None`` is open. The document matches when a single value meets both bounds.
    """

    path: str
    kind: Kind
    lower: float | None = None
    upper: float | None = None
    includes_lower: bool = True
    includes_upper: bool = True


@dataclass(frozen=True, slots=True)
class Exists:
    """The path, or any path beneath it, holds a value that is not null."""

    path: str


@dataclass(frozen=True, slots=True)
class Like:
    """A whole string value of the path matches; ``*`` is any characters, ``?`` one, all else plain. Case counts."""

    path: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The text's words stand side by side in one value. One word is a phrase of one; no word at all matches all.

    Without a path the all-text field is searched, stemmed if the index is; with a path its words as they are written.
    With ``slop`` so many other words may lie between them in all; their order stays.
    """

    text: str
    path: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word (folded, not stemmed) matches; ``*`` is any run of characters, ``?`` is one. ``lyso*`` is a prefix."""

    pattern: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word (folded, not stemmed) is at most ``distance`` (1 or 2) edits away; a transposition is one edit."""

    word: str
    distance: int = 1
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Identified:
    """The text is the subject, its last part, or a whole identifier, name or title (``ViewDocument.exact``)."""

    text: str


@dataclass(frozen=True, slots=True)
class SubjectIn:
    """The subject is one of these."""

    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSet:
    """An entry's ``principal_sets`` holds one of these tokens (``name + NUL + principal``)."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A point of the path lies in the box. ``left > right`` crosses the date line."""

    path: str
    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Within:
    """A place of the path meets the shape (GeoJSON as text), or with ``is_inside`` lies in it.

    Services turn it into the subjects for which it holds (``geometry.py``); no backend is asked for it.
    """

    path: str
    shape: str
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class And:
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the clauses; none at all matches nothing."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    clause: Clause


@dataclass(frozen=True, slots=True)
class Boosted:
    """Matches as its clause does; the score is multiplied."""

    clause: Clause
    factor: float


Clause = (
    Everything
    | Nothing
    | Match
    | Range
    | Exists
    | Like
    | Phrase
    | Wildcard
    | Fuzzy
    | Identified
    | SubjectIn
    | InSet
    | Box
    | Within
    | And
    | Or
    | Not
    | Boosted
)


# --- facets --------------------------------------------------------------------------------------------------------


class Interval(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Common to all facets. A facet counts subjects, each once a bucket, over text, ``Query.filters`` and ``filters``.

    ``kinds`` are those that the catalogue has seen at the path; services fill them in before a backend is asked, and
    without ``counts_missing`` where nobody will look at ``FacetResult.missing``, which is then -1: it costs.
    """

    name: str
    path: str
    filters: tuple[Clause, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    counts_missing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Facet):
    """One bucket a value: strings, numbers and booleans of the path together, by count descending, then by value
    (numbers, then strings by code point, then booleans); or by value alone with ``by_value``.

    ``contains`` keeps string values that hold it, ignoring case; ``exclude`` leaves values out;
    ``offset`` and ``size`` page through the buckets.
    """

    size: int = 10
    offset: int = 0
    by_value: bool = False
    contains: str = ""
    exclude: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Facet):
    """One bucket a word (folded) of the all-text field that begins with ``prefix``; ``path`` is not used."""

    prefix: str
    size: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges(Facet):
    """One bucket a range of numbers or instants, from included, to excluded, ``None`` open; ranges may overlap."""

    ranges: tuple[tuple[float | None, float | None], ...]
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHistogram(Facet):
    """One bucket a calendar interval (UTC; weeks begin on Monday) that holds at least one subject, in order of time.

    ``low`` and ``high`` (included) bound what is counted. More than ``MAX_BUCKETS`` of them, however far apart, is
    ``QueryTooExpensive``.
    """

    interval: Interval
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Facet):
    """Count, min, max, sum and mean of the path's values of ``kind`` (each value counts), and percentiles if asked."""

    kind: Kind = Kind.NUMBER
    percents: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Facet):
    """About how many different values (strings, numbers and booleans) the path has."""


AnyFacet = Terms | Words | Ranges | DateHistogram | Statistics | Distinct


# --- the question --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sort:
    """By the path's values: numbers, then dates, strings and booleans, then subjects without any; ties by subject.

    Of several kinds the first counts alone; of its values the least when ascending, the greatest when descending.
    Kinds keep their order both ways.
    """

    path: str
    is_descending: bool = True
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Boost:
    """Where the text's words stand in this path, the score grows by ``factor``."""

    path: str
    factor: float


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    ``text`` is scored, ``filters`` are not; both narrow hits and facets. ``post_filters`` narrow hits and total alone.
    Without ``sort`` the best match comes first (``by_subject``: subjects in code-point order); ties go by subject.
    ``words`` are the plain words of the text, for boosts, highlights and did-you-mean.
    ``after`` is a hit's ``cursor``: the page begins behind it, and ``offset`` is not used. No wall.
    """

    text: Clause = Everything()
    words: tuple[str, ...] = ()
    filters: tuple[Clause, ...] = ()
    post_filters: tuple[Clause, ...] = ()
    facets: tuple[AnyFacet, ...] = ()
    boosts: tuple[Boost, ...] = ()
    sort: tuple[Sort, ...] = ()
    by_subject: bool = False
    offset: int = 0
    limit: int = 10
    after: Cursor | None = None
    counts_total: bool = True
    explains: bool = False


Cursor = tuple[str | float | int | bool | None, ...]
"""Where a page ended, to a backend that made it: plain values that survive JSON. To all others it is opaque."""


# --- the answer ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    subject: str
    score: float
    cursor: Cursor
    explanation: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """``value`` of a terms bucket; ``(from, to)`` of a range; the instant at which an interval begins."""

    value: Scalar | tuple[float | None, float | None]
    count: int


@dataclass(frozen=True, slots=True)
class FacetResult:
    """Buckets in order. ``missing`` counts the subjects in which ``Exists(path)`` does not hold (``-1``: not asked, for
    facets without a path). ``has_more`` says that terms buckets lie beyond the page.

    ``statistics`` has ``count min max sum mean`` (None where there is no value), percentiles under ``p<percent>``
    (``p50``, ``p99.9``), and ``distinct`` for ``Distinct``; ``documents`` in it is how many subjects have a value.
    """

    name: str
    buckets: tuple[Bucket, ...] = ()
    missing: int = -1
    has_more: bool = False
    statistics: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` subjects match (``-1`` when it was not asked for); ``facets`` are in the order of the query."""

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetResult, ...] = ()


# --- what is written -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """One view of a subject: the merged contents of the entries that some caller sees together.

    A caller P matches when
      * ``acl`` is not empty: P meets ``acl`` (the subject has this one view for whoever sees anything of it), or
      * ``acl`` is empty: P meets each set in ``required`` and none of ``denied``. ``required`` may then be at most
        ``Store.depth`` long and is never empty.
    Views with neither are matched by nobody. ``is_whole`` marks the one view of a subject that holds all its entries;
    ``Audience.everything()`` matches it alone.

    ``paths`` are those with a value and all above them; ``points`` are (latitude, longitude); ``exact`` and ``words``
    are folded. A string of more than ``MAX_KEYWORD_CHARACTERS`` is text alone: not matched, counted or sorted by whole.
    """

    subject: str
    number: int
    acl: tuple[str, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    denied: tuple[str, ...] = ()
    is_whole: bool = True
    sets: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    strings: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    dates: dict[str, list[int]] = field(default_factory=dict)
    booleans: dict[str, list[bool]] = field(default_factory=dict)
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectViews:
    """All views that a subject has from now on (none: it is gone). They replace whatever the engine held of it.

    ``stale`` is one more than the highest view number that the engine may still hold.
    """

    subject: str
    views: tuple[ViewDocument, ...]
    stale: int = 1


MAX_BUCKETS = 10_000
MAX_KEYWORD_CHARACTERS = 1000


# --- what is asked at the doors ------------------------------------------------------------------------------------


class FacetType(StrEnum):
    """What a caller asks a facet for; it says how the answer is written."""

    TERMS = "terms"
    WORDS = "words"
    RANGES = "ranges"
    NUMERIC_HISTOGRAM = "numeric_histogram"
    DATE_HISTOGRAM = "date_histogram"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    STATS = "stats"
    PERCENTILES = "percentiles"
    DISTINCT_COUNT = "distinct_count"


@dataclass(frozen=True, slots=True)
class FacetShape:
    """How the answer to a facet is written; ``Request.shapes`` has one for each of ``Query.facets``.

    ``assumed`` is the value that sum and avg take for a subject without one. ``edges`` are (from, to) of each bucket as
    they were asked for: the engine's own differ in the last digit, and of dates in the form.
    """

    type: FacetType
    shows_missing: bool = False
    assumed: float | None = None
    edges: tuple[tuple[str | float | None, str | float | None], ...] = ()

    @property
    def needs_missing(self) -> bool:
        """Whether the answer needs the number of subjects that lack the path."""
        return self.shows_missing or self.assumed is not None


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it came in: the query, and what its answer shall hold.

    ``cursor`` is the opaque text with which an answer ended (a scroll's ``marker``); services turn it into
    ``Query.after``. ``principal_sets`` are names; services turn them into ``InSet`` clauses of the caller's principals.
    No ``fields``: contents come whole.
    """

    query: Query
    shapes: tuple[FacetShape, ...] = ()
    sees_all: bool = False
    principal_sets: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    highlights: bool = False
    suggests: bool = False
    cursor: str = ""
    version: str = "2017-09-01"


# --- what leaves the app -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisibleEntry:
    """One entry of a subject that the caller sees. ``entry_id`` is "" for the null entry.

    ``visible_to`` is empty unless the caller may know it (a role on the index).
    """

    entry_id: str
    content: dict[str, object]
    matched_sets: tuple[str, ...] = ()
    visible_to: tuple[str, ...] = ()
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of a string of the record, and where in it the words of the query stand: (begin, end) in characters."""

    path: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A subject as one caller sees it: the null entry first, then by id."""

    subject: str
    entries: tuple[VisibleEntry, ...]
    score: float = 0.0
    highlights: tuple[Highlight, ...] = ()
    explanation: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """``next_cursor`` is what asks for the page behind this one; None on the last."""

    total: int
    records: tuple[Record, ...]
    facets: tuple[FacetResult, ...] = ()
    has_next: bool = False
    next_cursor: str | None = None
    did_you_mean: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A path as people see it."""

    path: str
    label: str
    unit: str = ""
    kind: Kind = Kind.STRING


@dataclass(frozen=True, slots=True)
class Presentation:
    """How an index presents itself: which path is the title, which are shown with a hit, which are facets."""

    title: str = ""
    summary: tuple[Shown, ...] = ()
    facets: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexCard:
    """An index on a list: ``count`` is how many subjects the caller sees."""

    id: str
    slug: str
    display_name: str
    description: str
    count: int
    roles: tuple[str, ...] = ()


# --- what comes in -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be put: it replaces the one of the same subject and id whole. ``entry_id`` "" is the null entry."""

    subject: str
    content: dict[str, object]
    visible_to: tuple[str, ...]
    entry_id: str = ""
    principal_sets: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryPatch:
    """A change of an entry that exists: ``content`` is merged into it (RFC 7396); None leaves a part as it is."""

    subject: str
    entry_id: str = ""
    content: dict[str, object] | None = None
    visible_to: tuple[str, ...] | None = None
    principal_sets: dict[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class SubjectRemoval:
    """All entries of a subject go, whoever may see them."""

    subject: str


@dataclass(frozen=True, slots=True)
class EntryRemoval:
    subject: str
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that cannot be taken, in its place among the documents of a task."""

    subject: str
    path: str
    reason: str


Operation = EntryDraft | EntryPatch | SubjectRemoval | EntryRemoval | Problem


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """``field_mapping`` says which canonical paths are ``geo_point`` or ``geo_shape``."""

    entries: tuple[EntryDraft, ...]
    field_mapping: dict[str, str] = field(default_factory=dict)
