"""``/api/publish/``: everything that the pages of forms and submissions do, for programs.

Its description is made from what the views say of themselves (``schema``), and shown as a page (``page``).
"""
