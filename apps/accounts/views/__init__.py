"""The account's own pages."""
