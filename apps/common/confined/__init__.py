"""Running something in a process of its own that is held within bounds, and is ended with all that it began.

* ``types`` – the bounds, and what is to be run.
* ``errors`` – what may become of it, each said in a sentence.
* ``running`` – runs a program, or calls a function: what others call.
* ``session`` – starts it, listens to it (``voices``), lends it a file (``lending``), ends it; ``verdict`` says how
  it was.
* ``guardian`` – the program between the portal and what it runs; ``calling`` the part that calls a Python function.
"""
