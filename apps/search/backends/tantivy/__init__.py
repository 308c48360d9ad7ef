"""The embedded engine: tantivy, in this process, its files in a folder of the portal's.

Use it where one machine is enough; nothing has to be installed or watched.
Not where several machines serve one index: for that there is OpenSearch.

``layout`` says how a view lies in the engine, ``stores`` opens and writes it, ``audiences`` says who sees it,
``clauses`` compiles what is asked, ``questions`` asks it in few looks (``asking``): facets, and a page in the order of
``ranking`` or ``sorting`` (``beginnings``). ``keeping`` holds what was found out of a state of a store, ``limits``
bounds what a question may take.
"""

from apps.search.backends.tantivy.backend import TantivyBackend

__all__ = ["TantivyBackend"]
