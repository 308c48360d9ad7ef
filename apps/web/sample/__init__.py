"""Sample: records to try the portal with, real ones of the Protein Data Bank and made-up serial-crystallography runs.

Use it to fill a portal (``manage.py load_sample``), a test or a benchmark; both sources are streams.
Not for anything about people or indexes: the principals come in as parameters.
"""
