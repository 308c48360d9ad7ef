"""Actions on files. They take the bodies of both families of hosted providers, the old ones of ``actions.globus.org``
(``endpoint_id``, ``transfer_items``) and the new ones of ``transfer.actions.globus.org``, which are documents of the
Transfer API; and they answer with documents of the Transfer API.

What the collection, or the task, refuses is an action that failed, with the code that the Transfer API has for it; a
body that cannot be read is one that could not be run.
"""
