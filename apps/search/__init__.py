"""Search: indexes, entries, views, queries, facets and ingest; each caller finds just what is visible to them.

Use it to store metadata of any shape and to ask questions about it.
Not for: files (storage), pages (web), or who belongs to which group (accounts).
"""
