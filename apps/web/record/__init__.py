"""The page of one record: all of it readable, and what leads on from it."""
