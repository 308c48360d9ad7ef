"""Places that hold files: collections, what may be done there by whom, and the storages beneath them.

* ``types`` – paths, entries, what a storage can do; nothing there knows a database or a network.
* ``backends`` – one protocol (``base.py``), and each kind of storage behind it.
* ``models`` – collections and access rules.
* ``services`` – everything that may be asked; each of them asks the rules first.
"""
