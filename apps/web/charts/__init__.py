"""Charts: the facets over the whole result, drawn on the server, each with a table that says the same.

``questions`` (what is asked of search) → ``figures`` (answers to words, links and numbers; a file for each type) →
``drawing`` (numbers to shapes). ``narrowing`` is where a bar leads.
Every count is the engine's own, for the visitor's query, filters and eyes.
"""
