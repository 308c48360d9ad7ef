"""The page of a run: what it did, what it does, what is wrong, and what people do with it."""
