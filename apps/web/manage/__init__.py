"""The pages with which people run an index: beneath ``/<index>/manage/``, for those with a role on it.

Use it for what changes an index or tells about all of it.
Not for finding records: those are the search page's and the record page's.
"""
