"""What is in files, a format each: ``read(file, …)`` gives JSON.

Each is called in a process of its own (``apps.common.confined``) in which nothing can be opened and the file is only
lent. So nothing here imports the portal, and whatever a library needs is imported when the module is. Each reads a
bounded part and believes nothing that it reads; what it cannot read, it raises.
"""

import codecs

for name in ("ascii", "latin-1", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
    codecs.lookup(name)  # Python fetches each when it is first asked for, and no file can be opened then.
