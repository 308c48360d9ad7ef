"""What every search backend promises, a subject a file. ``tests.search.contract`` puts them together."""
