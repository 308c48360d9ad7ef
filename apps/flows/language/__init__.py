"""The language of flows: the Globus dialect and the Amazon States Language. Pure: values in, values out.

Nothing here knows Django, a database, a clock or a network, and nothing changes what it is given. Whatever a
definition holds, evaluation ends soon: in a JSON value or in a ``StateFailure``.

* ``failures``, ``scene``, ``dialect`` – what goes wrong, what a state sees, which of the two languages is spoken.
* ``paths``, ``intrinsics``, ``expressions``, ``jsonata`` – four ways of saying where a value comes from.
* ``templates``, ``choices``, ``moments`` – parameters filled in, rules decided, timestamps read.
* ``documents`` – definitions as text, JSON or YAML. ``checking`` – all that is wrong with one, or usually wrong.
* ``reading`` – what the engine runs on (``definition``), made by ``machines``, ``states`` and ``written``.
* ``graph``, ``labels``, ``scopes`` – ways between states, as they are drawn; what the actions may need.
"""
