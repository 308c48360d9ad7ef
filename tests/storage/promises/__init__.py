"""What every storage promises, by subject. ``tests.storage.contract`` puts them together."""
