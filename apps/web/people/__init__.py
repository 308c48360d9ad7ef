"""People and groups on pages: what they are called, how they are found, and the roles they are given."""
