"""Downloads: all hits of a search as a file, written while it is sent, so that its size does not matter.

``view`` is the door; ``formats`` knows what can be asked for; ``table`` writes a line of one.
"""
