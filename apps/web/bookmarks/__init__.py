"""Bookmarks of folders: a page on which they are renamed and deleted, and parts for the pages of files."""
