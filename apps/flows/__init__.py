"""Flows: state machines in JSON or YAML, carried through on the server whatever dies meanwhile.

Use it to run transfers, permissions, compute and people's decisions one after another, for seconds or for months.
Not for moving files itself (transfer), nor for starting something at a given time (timers).

* ``language`` – what definitions mean; pure: no Django, no database, no clock, no network.
"""
