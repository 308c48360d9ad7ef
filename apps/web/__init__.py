"""Web: the pages that join several apps: home, the search page and the record page of an index, errors.

Use it for what a visitor sees in a browser.
Not for rules or queries: a page asks one service and lays out plain values.
"""
