"""The first page: the indexes that a visitor may see, what is new, and a search across all of them."""
