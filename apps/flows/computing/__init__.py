"""Computing: jobs are taken by workers of their queue, on this machine or on others, and run within limits.

* ``turns`` – whose turn a job is: one worker's at a time, and another's when that one dies.
* ``running`` – what a job does: a Python function, a command, or a function elsewhere, and what became of it.
* ``commands`` – templates of commands.
* ``bench`` – the files around a call: ``folders`` in which it works, ``fetching`` what it is given, ``leaving`` what
  it leaves behind.
* ``shift`` – a worker's work, job after job.

What asks Globus Compute is in ``apps.flows.elsewhere``: a process of its own runs it, without the portal.
"""

from apps.flows.computing.shift import work
from apps.flows.computing.turns import waiting

__all__ = ["waiting", "work"]
