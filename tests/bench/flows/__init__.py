"""Measures the engine of flows, with real workers: ``make bench-flows``.

Once embedded (SQLite, a broker in a folder) and once grown up (PostgreSQL and Redis). Beside it stands moto's
interpreter of the Amazon States Language where that can do the same; it keeps nothing, and does all in one process.
"""
