"""How much one request may ask for. Each is far beyond what people do and well before what hurts."""

MAX_TEXT_CHARACTERS = 4_096
"""Of ``q``. Globus takes 256; titles, abstracts and lists of identifiers that people paste are longer."""

MAX_TERMS = 256
"""Words and phrases of a simple text that count; both engines refuse a boolean of more than 1,024 clauses."""

MAX_CLAUSES = 1_024
"""Of all filters of a document together, and of an advanced text."""

MAX_POLYGONS = 10
"""Of one document. Each is compared with up to 10,000 records, in this process."""

MAX_FILTER_DEPTH = 20
MAX_TEXT_DEPTH = 50
"""Nesting. Filters and texts are walked by recursion, here and in the backends."""

MAX_VALUES = 10_000
MAX_ALL_VALUES = 65_536
"""Of one list of values, and of all lists of a document together. OpenSearch takes 65,536 terms in one."""

MAX_STARS = 20
"""Of one wildcard pattern: the automaton of a pattern may double with each."""

MAX_WINDOW = 10_000
"""``offset + limit``: an engine sorts as many hits to skip them. Cursors have no such wall."""

MAX_FACETS = 100
MAX_SORT_KEYS = 10
MAX_BOOSTS = 100
MAX_BOOST = 1_000_000.0
MAX_FIELDS = 1_000
MAX_SLOP = 1_000

MAX_PARAMETERS = 1_000
"""Of a URL."""

MAX_NAME_CHARACTERS = 500
"""Of a facet's name; long, because portals put a path into it."""

MAX_CURSOR_CHARACTERS = 20_000
"""A cursor holds the sort values of a hit."""

MAX_SUBJECT_BYTES = 500
MAX_ENTRY_ID_BYTES = 100
MAX_PRINCIPALS = 1_000
MAX_PRINCIPAL_SETS = 100
MAX_CONTENT_DEPTH = 20
MAX_KEY_CHARACTERS = 1_000
MAX_ENTRY_BYTES = 10_000_000
MAX_LINE_BYTES = MAX_ENTRY_BYTES + 100_000
"""Of NDJSON: an entry, its subject and a thousand principals."""

MAX_GEO_FIELDS = 1_000
MAX_CONDITIONS = 20
MAX_SUBJECTS = 10_000
"""Of one ``batch_delete_by_subject``."""

MAX_PROBLEMS = 100
"""Told of one request; a hundred thousand bad entries shall not make an answer of megabytes."""
