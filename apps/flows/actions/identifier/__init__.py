"""Identifiers: reserved, published, changed, hidden. DOIs at DataCite, or names of the portal's own."""
