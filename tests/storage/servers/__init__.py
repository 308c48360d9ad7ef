"""Servers that tests start for themselves: on loopback, on a free port, with data in a folder that goes away."""
