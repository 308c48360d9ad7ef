"""Kinds of storage behind one protocol (``base.py``)."""
