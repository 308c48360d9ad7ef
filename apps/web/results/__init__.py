"""The search page of an index: what was found, in cards or a table, and all that narrows it."""
