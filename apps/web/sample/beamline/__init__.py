"""Beamline: measures while one watches. Chips are mounted one after the other, and images grow as detectors write them.

Use it to see a trigger, a pipeline and a record's board at work (``make demo-beamline``), on any machine.
Not for the runs of long ago that ``sample.ssx`` makes up: these are records from the start.
"""
