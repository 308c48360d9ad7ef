"""Tasks that move and delete files, and the HTTP API of files, which is that of Globus Transfer.

* ``types`` – what a task is asked to do; nothing there knows a database.
* ``models`` – tasks, their ledger of files, their events.
* ``mover`` – the work itself: turns, scans, copies, deletions. It may be killed at any moment.
* ``tasks`` – Celery's way in.
* ``services`` – everything that may be asked.
* ``api`` – the documents of Globus Transfer, for collections and single files, too.
"""
