"""Common: errors, the table from errors to HTTP, paging and JSON, for every app.

Use it for what has no noun of ours in it.
Not for: models, or anything that knows an index, a group or a run.
"""
