"""Pages of transfers and deletes: the list of them, one of them while it goes on, and what became of its files."""
