"""Forms: what comes in at the doors, read into the frozen dataclasses of ``apps.search.types``.

Use it to turn a JSON document, a URL or a line of NDJSON into a ``Request``, an ``EntryDraft``, or messages that each
name the place; ``gmeta`` writes a record.
Not for asking or storing anything (services): nothing here knows HTTP, a database or a setting.
"""
