"""What a record tells of something that still goes on: counts, charts, pictures, and how much of it is enough.

* ``shape`` – reads it, from whatever a program wrote.
* ``page`` – as the page of a record shows it, and whether that has anything new to show.
"""
